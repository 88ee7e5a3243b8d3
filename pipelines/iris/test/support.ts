import { buildWorkflow, type WorkflowContext } from "../../model";
import { iris } from "../model";

const account = "111111111111";
const where = { account, region: "us-east-1" };
const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:us-east-1:${account}:${resource}`;

export const context: WorkflowContext = {
  ...where,
  dataBucket: "data",
  bucketAccounts: [account],
  kmsKeyArn: arn("kms", "alias/mlops-dev"),
  volumeKeyArn: arn("kms", "key/1234"),
  network: undefined,
  name: "iris-workflow",
  imageRepository: `${account}.dkr.ecr.us-east-1.amazonaws.com/mlops-iris`,
  jobRoleArn: `arn:aws:iam::${account}:role/jobs`,
  runPrefix: "iris-run",
  endpoint: { name: "iris-workflow", instanceType: "ml.m5.large", instanceCount: 1 },
  evaluationFunctionArn: arn("lambda", "function:iris-evaluation"),
  questionFunctionArn: arn("lambda", "function:iris-question"),
  alertTopicArn: arn("sns", "iris-workflow"),
  answerSeconds: 259_200,
};

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Next?: string;
  readonly Error?: string;
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[] }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

export const workflow = buildWorkflow(iris, context);
export const { States: states } = JSON.parse(workflow.render()) as {
  readonly States: Readonly<Record<string, State>>;
};
export const state = (name: string): State => states[name] ?? { Type: `no ${name}` };
export const tasks = Object.entries(states).filter(([, { Type }]) => Type === "Task");
