import { buildWorkflow, type WorkflowContext } from "../../model";
import { iris } from "../model";

const account = "111111111111";
const where = { account, region: "us-east-1" };
const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:us-east-1:${account}:${resource}`;

const context: WorkflowContext = {
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
  timeoutSeconds: 432_000,
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

const workflow = buildWorkflow(iris, context);
const { States: states } = JSON.parse(workflow.render()) as {
  readonly States: Readonly<Record<string, State>>;
};
const state = (name: string): State => states[name] ?? { Type: `no ${name}` };
const tasks = Object.entries(states).filter(([, { Type }]) => Type === "Task");

test("each end has a name", () => {
  const ends = Object.entries(states).flatMap(([name, { Type, Error: error }]) =>
    Type === "Succeed" || Type === "Fail" ? [[name, error]] : [],
  );
  expect(Object.fromEntries(ends)).toEqual({
    Deployed: undefined,
    InvalidInput: "Workflow.InvalidInput",
    NotGoodEnough: "Workflow.NotGoodEnough",
    NotAnswered: "Workflow.NotAnswered",
    Rejected: "Workflow.Rejected",
    Busy: "Workflow.EndpointBusy",
    NotServed: "Workflow.NotServed",
    Failed: "Workflow.Failed",
  });
});

test("defect: held-out rows are scored, not those of the training", () => {
  expect(JSON.stringify(state("Train").Parameters)).toContain("s3://data/iris/data/train/");
  expect(JSON.stringify(state("Score").Parameters)).toContain("s3://data/iris/data/held-out/");
});

test("defect: the answer has a time limit, and running out of it is an end of its own", () => {
  expect(state("Ask")).toMatchObject({
    Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
    TimeoutSecondsPath: "$.Limits.answerSeconds",
    Catch: [
      { ErrorEquals: ["States.Timeout"], Next: "NotAnswered" },
      { ErrorEquals: ["States.ALL"], Next: "Failed" },
    ],
  });
  expect(state("Limits").Parameters).toEqual({
    "answerSeconds.$": "States.StringToJson($$.Execution.Input.answerSeconds)",
  });
});

test("defect: the endpoint has one name, whatever run it is; what it is made of has the run's", () => {
  expect(state("CreateEndpoint").Parameters?.EndpointName).toBe("iris-workflow");
  expect(state("UpdateEndpoint").Parameters?.EndpointName).toBe("iris-workflow");
  const made = ["Train", "CreateModel", "Score", "CreateConfiguration"].map((name) =>
    Object.entries(state(name).Parameters ?? {}).find(([key]) =>
      /^(TrainingJob|TransformJob|Model|EndpointConfig)Name/.test(key),
    ),
  );
  expect(new Set(made.map((entry) => entry?.[1]))).toEqual(
    new Set(["States.Format('iris-run-{}', $.Run.id)"]),
  );
});

test("defect: a run goes on when its own configuration serves, and in no other case", () => {
  expect(state("Serves")).toMatchObject({
    Choices: [
      {
        And: [
          {
            And: [{ IsPresent: true }, { Variable: "$.DescribeEndpoint.status", StringEquals: "InService" }],
          },
          {
            And: [
              {},
              {},
              { Variable: "$.DescribeEndpoint.configuration", StringEqualsPath: "$.Served.configuration" },
            ],
          },
        ],
        Next: "Tell",
      },
      { Next: "CountPoll" },
    ],
    Default: "NotServed",
  });
});

test("every task ends in time, tries again and has its failure caught", () => {
  for (const [name, task] of tasks) {
    expect([name, task.TimeoutSeconds ?? task.TimeoutSecondsPath]).not.toContain(undefined);
    expect([name, task.Retry?.length]).not.toContain(undefined);
    expect(task.Catch?.at(-1)).toEqual({
      ErrorEquals: ["States.ALL"],
      Next: "Failed",
      ResultPath: "$.Failure",
    });
  }
});

test("defect: its role may do what its states do, to what runs and their endpoint are called, and to nothing else", () => {
  const everywhere = workflow.permissions().filter(({ Resource }) => Resource.includes("*"));
  expect(everywhere.flatMap(({ Action }) => Action)).toEqual(["sagemaker:ListEndpoints"]);
  const actions = workflow.permissions().flatMap(({ Action }) => Action);
  expect(actions).toEqual(
    expect.arrayContaining(["sagemaker:DescribeTransformJob", "sagemaker:StopTransformJob"]),
  );
  expect(actions.filter((action) => action.includes("*"))).toEqual(["kms:GenerateDataKey*"]);
  const passed = workflow.permissions().filter(({ Action }) => Action.includes("iam:PassRole"));
  expect(passed.flatMap(({ Resource }) => Resource)).toEqual([context.jobRoleArn]);
});
