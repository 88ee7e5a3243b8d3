import { context, state, states, tasks, workflow } from "./support";

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
    Refused: "Workflow.EndpointRefused",
    NotServed: "Workflow.NotServed",
    NotTold: "Workflow.NotTold",
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
