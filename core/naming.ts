import { createHash } from "node:crypto";
import { nameLimits, resourceName } from "./name-limits";
import { expiringPrefixes } from "./retention";

/** Names that every account of the project has, whatever its kind. */
export interface AccountNames {
  readonly stateBucket: string;
  readonly stateKeyAlias: string;
}

/** Names of the roles in a workload account where an environment file gives none; those of models begin with it. */
export const defaultRoleNames = {
  executionRole: "sagemaker-execution-role",
  lambdaRole: "lambda-sagemaker-role",
  retrainingRole: "sagemaker-retraining-role",
  sealingRole: "sagemaker-sealing-role",
  deployRole: "cross-account-jenkins-role",
} as const;

/** Physical names in a workload account. */
export interface WorkloadNames extends AccountNames {
  readonly dataBucket: string;
  readonly keyAlias: string;
  /** First parts of the names of roles, of which each model has its own. */
  readonly executionRole: string;
  readonly lambdaRole: string;
  readonly retrainingRole: string;
  readonly sealingRole: string;
  readonly deployRole: string;
  readonly jenkinsLogGroup: string;
  readonly functionLogGroup: string;
}

/** Physical names in the central model registry account. */
export interface RegistryNames extends AccountNames {
  readonly artifactsBucket: string;
  readonly keyAlias: string;
}

/** Names of what one model has in every workload account it runs in. */
export interface ModelNames {
  readonly latestApprovedModelFunction: string;
  readonly sealVersionFunction: string;
  readonly deadLetterQueue: string;
  readonly deadLetterAlarm: string;
  readonly newDeadLetterAlarm: string;
  /** Of alarms about alerts: by another key, so that it does not fail with them. */
  readonly alarmTopic: string;
  readonly stepFailure: string;
  readonly executionFailure: string;
}

/** Names an environment file may override where a company dictates them. */
type Overrides<Names> = { readonly [Key in keyof Names]?: Names[Key] | undefined };

interface NamingScope {
  readonly project: string;
  readonly environment: string;
  readonly account: string;
}

/** `overrides` with undefined values left out, so that they do not hide the defaults. */
const given = <Names>(overrides: Overrides<Names>): Partial<Names> =>
  Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined)) as Partial<Names>;

export function accountNames(scope: NamingScope, overrides: Overrides<AccountNames> = {}): AccountNames {
  const { project, environment, account } = scope;
  return {
    stateBucket: resourceName("bucket", project, environment, "terraform-state", account),
    stateKeyAlias: resourceName("keyAlias", `alias/${project}`, environment, "state"),
    ...given<AccountNames>(overrides),
  };
}

export function workloadNames(scope: NamingScope, overrides: Overrides<WorkloadNames> = {}): WorkloadNames {
  const { project, environment, account } = scope;
  return {
    ...accountNames(scope),
    dataBucket: resourceName("bucket", project, environment, "sagemaker-data", account),
    keyAlias: resourceName("keyAlias", `alias/${project}`, environment),
    ...defaultRoleNames,
    jenkinsLogGroup: "jenkins-log",
    functionLogGroup: resourceName("logGroup", `/${project}/functions`),
    ...given<WorkloadNames>(overrides),
  };
}

export function registryNames(scope: NamingScope, overrides: Overrides<RegistryNames> = {}): RegistryNames {
  const { project, environment, account } = scope;
  return {
    ...accountNames(scope),
    artifactsBucket: resourceName("bucket", project, "sagemaker-artifacts", account),
    keyAlias: resourceName("keyAlias", `alias/${project}`, environment),
    ...given<RegistryNames>(overrides),
  };
}

export function modelNames(model: string): ModelNames {
  return {
    latestApprovedModelFunction: resourceName("function", model, "latest-approved-model"),
    sealVersionFunction: resourceName("function", model, "seal-version"),
    deadLetterQueue: resourceName("queue", model, "undelivered-events"),
    deadLetterAlarm: resourceName("alarm", model, "undelivered-events"),
    newDeadLetterAlarm: resourceName("alarm", model, "new-undelivered-events"),
    alarmTopic: resourceName("topic", model, "alarms"),
    stepFailure: ruleName(model, "step-failure"),
    executionFailure: ruleName(model, "execution-failure"),
  };
}

/** The ECR repository, in an account of its own, of the image that a model brings. */
export const imageRepositoryName = (project: string, model: string): string =>
  resourceName("imageRepository", project, model);

/** Names of what serves a model in an account. */
export interface EndpointNames {
  readonly endpoint: string;
  /** Holds what was released (`core/releases.ts`). */
  readonly parameter: string;
  readonly errorAlarm: string;
  readonly latencyAlarm: string;
  /** Asks for an instance where requests wait and there is none. */
  readonly waitingAlarm: string;
  /** Gets the first two alarms. */
  readonly alarmTopic: string;
  /** Hears of each asynchronous request that was answered, and of each that failed. */
  readonly answeredTopic: string;
  readonly failedTopic: string;
  readonly scaling: string;
  readonly scalingFromNone: string;
  /** SageMaker's own name for it. https://docs.aws.amazon.com/sagemaker/latest/dg/logging-cloudwatch.html */
  readonly logGroup: string;
  /** Below the data bucket, for what is captured. */
  readonly capturePrefix: string;
  /** Below the data bucket, of asynchronous requests: their rows, their scores, and among these why there are none. */
  readonly requestPrefix: string;
  readonly answerPrefix: string;
  readonly failurePrefix: string;
}

export const endpointNames = (project: string, model: string): EndpointNames => ({
  endpoint: resourceName("endpoint", model),
  parameter: resourceName("parameter", `/${project}/endpoints/${model}`),
  errorAlarm: resourceName("alarm", model, "endpoint-errors"),
  latencyAlarm: resourceName("alarm", model, "endpoint-latency"),
  waitingAlarm: resourceName("alarm", model, "endpoint-waits-for-an-instance"),
  alarmTopic: resourceName("topic", model, "endpoint-alarms"),
  answeredTopic: resourceName("topic", model, "endpoint-answered"),
  failedTopic: resourceName("topic", model, "endpoint-failed"),
  scaling: `${model}-invocations`,
  scalingFromNone: `${model}-from-none`,
  logGroup: `/aws/sagemaker/Endpoints/${model}`,
  capturePrefix: expiringPrefixes(model).captures,
  requestPrefix: `${expiringPrefixes(model).captures}requests/`,
  answerPrefix: `${expiringPrefixes(model).captures}answers/`,
  failurePrefix: `${expiringPrefixes(model).captures}answers/failures/`,
});

/**
 * The role that a model's endpoint works as. It is called after the execution role, whom the registry and upstream accounts let
 * read versions, and may do far less.
 */
export const servingRoleName = (executionRole: string, model: string): string =>
  modelRoleName(executionRole, `${model}-endpoint`);

/** The role of its kind that is one model's own; a hash takes the place of what IAM has no room for. */
export function modelRoleName(kind: string, model: string): string {
  const name = `${kind}-${model}`;
  const { max } = nameLimits.role;
  if (name.length <= max) return resourceName("role", name);
  const hash = createHash("sha256").update(model).digest("hex").slice(0, 8);
  return resourceName("role", name.slice(0, max - hash.length - 1), hash);
}

/** Every model's role of a kind. */
export const modelRoles = (kind: string): string => `${kind}-*`;

/** The function by which a trigger starts a pipeline. */
export const triggerFunctionName = (model: string, trigger: string): string =>
  resourceName("function", model, trigger);

/** The alarm of a model's schedule that did not start anything. */
export const missedScheduleAlarmName = (model: string, trigger: string): string =>
  resourceName("alarm", model, trigger, "did-not-run");

/** An EventBridge rule of a model: that of a trigger, or that of an alert. */
export const ruleName = (model: string, what: string): string => resourceName("rule", model, what);
