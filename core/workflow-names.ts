import { createHash } from "node:crypto";
import { resourceName } from "./name-limits";
import { modelRoleName, ruleName } from "./naming";

/** Names of what a model's workflow has in an account. */
export interface WorkflowNames {
  readonly stateMachine: string;
  /** What its runs deploy to: it stays the same. */
  readonly endpoint: string;
  /** First part of the names of each run's jobs, model and endpoint configuration; 36 characters follow. */
  readonly runPrefix: string;
  /** Questions that wait for a person, and what was answered. */
  readonly questions: string;
  /** Hands out links that decide. */
  readonly approvalTopic: string;
  readonly alertTopic: string;
  readonly api: string;
  readonly apiLogGroup: string;
  /** Below the prefix that lets Step Functions write without a resource policy for each. */
  readonly logGroup: string;
  readonly functions: WorkflowFunctions;
  readonly failureRule: string;
  readonly endRule: string;
  readonly deadLetterQueue: string;
  readonly deadLetterAlarm: string;
  readonly newDeadLetterAlarm: string;
}

/** The functions of a workflow, each of which has a role of its own. */
export interface WorkflowFunctions {
  /** Compares predictions with what is so. */
  readonly evaluation: string;
  /** Asks a person. */
  readonly question: string;
  /** The page that a person answers on. */
  readonly approval: string;
  /** Removes what no endpoint uses. */
  readonly cleanup: string;
}

/** In characters: SageMaker's names have 63, of which a dash and a run's id take 37. */
const runPrefixLimit = 26;

export const workflowNames = (project: string, model: string): WorkflowNames => ({
  stateMachine: resourceName("stateMachine", model, "workflow"),
  endpoint: resourceName("endpoint", model, "workflow"),
  runPrefix: runPrefix(model),
  questions: resourceName("table", project, model, "questions"),
  approvalTopic: resourceName("topic", model, "approvals"),
  alertTopic: resourceName("topic", model, "workflow"),
  api: resourceName("api", model, "workflow"),
  apiLogGroup: resourceName("logGroup", `/${project}/workflows/${model}/api`),
  logGroup: resourceName("logGroup", `/aws/vendedlogs/states/${model}-workflow`),
  functions: {
    evaluation: resourceName("function", model, "evaluation"),
    question: resourceName("function", model, "question"),
    approval: resourceName("function", model, "approval"),
    cleanup: resourceName("function", model, "cleanup"),
  },
  failureRule: ruleName(model, "workflow-failure"),
  endRule: ruleName(model, "workflow-end"),
  deadLetterQueue: resourceName("queue", model, "workflow-undelivered-events"),
  deadLetterAlarm: resourceName("alarm", model, "workflow-undelivered-events"),
  newDeadLetterAlarm: resourceName("alarm", model, "workflow-new-undelivered-events"),
});

function runPrefix(model: string): string {
  const name = `${model}-run`;
  if (name.length <= runPrefixLimit) return name;
  const hash = createHash("sha256").update(model).digest("hex").slice(0, 8);
  return `${name.slice(0, runPrefixLimit - hash.length - 1).replace(/-$/, "")}-${hash}`;
}

/** Names of the roles of a workflow, by who works as them. */
export type WorkflowRoles = Readonly<Record<"states" | "jobs" | keyof WorkflowFunctions, string>>;

/** Called after the account's roles of their kind. */
export const workflowRoles = (
  { executionRole, lambdaRole }: { readonly executionRole: string; readonly lambdaRole: string },
  model: string,
): WorkflowRoles => ({
  states: modelRoleName(executionRole, `${model}-workflow`),
  jobs: modelRoleName(executionRole, `${model}-workflow-jobs`),
  evaluation: modelRoleName(lambdaRole, `${model}-evaluation`),
  question: modelRoleName(lambdaRole, `${model}-question`),
  approval: modelRoleName(lambdaRole, `${model}-approval`),
  cleanup: modelRoleName(lambdaRole, `${model}-cleanup`),
});
