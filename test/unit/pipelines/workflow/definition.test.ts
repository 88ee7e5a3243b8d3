import { sample } from "../../../support/workflow";

interface State {
  readonly [field: string]: unknown;
  readonly Type: string;
  readonly Next?: string;
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[] }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
}

const { States: states, ...machine } = JSON.parse(sample().render()) as {
  readonly States: Readonly<Record<string, State>>;
  readonly StartAt: string;
  readonly TimeoutSeconds: number;
};
const tasks = Object.entries(states).filter(([, { Type }]) => Type === "Task");
const state = (name: string): State => {
  const found = states[name];
  if (!found) throw new Error(`no state ${name}`);
  return found;
};

test("jobs are waited for, models and calls are not, and a person is by a token", () => {
  expect(Object.fromEntries(tasks.map(([name, { Resource }]) => [name, Resource]))).toMatchObject({
    Train: "arn:aws:states:::sagemaker:createTrainingJob.sync",
    CreateModel: "arn:aws:states:::sagemaker:createModel",
    Transform: "arn:aws:states:::sagemaker:createTransformJob.sync",
    Evaluate: "arn:aws:states:::lambda:invoke",
    Ask: "arn:aws:states:::lambda:invoke.waitForTaskToken",
    Describe: "arn:aws:states:::aws-sdk:sagemaker:describeEndpoint",
    TellDeployed: "arn:aws:states:::sns:publish",
  });
});

test("a training job is asked for as CreateTrainingJob takes it", () => {
  expect(state("Train").Parameters).toEqual({
    "TrainingJobName.$": "States.Format('iris-{}', $.Run.id)",
    AlgorithmSpecification: {
      TrainingInputMode: "File",
      "TrainingImage.$":
        "States.Format('111111111111.dkr.ecr.us-east-1.amazonaws.com/iris@{}', $$.Execution.Input.digest)",
    },
    OutputDataConfig: {
      "S3OutputPath.$":
        "States.Format('s3://mlops-dev-sagemaker-data-111111111111/iris/workflow/{}/model', $.Run.id)",
      KmsKeyId: "arn:aws:kms:us-east-1:111111111111:alias/mlops-dev",
    },
    StoppingCondition: { MaxRuntimeInSeconds: 86400 },
    ResourceConfig: {
      VolumeSizeInGB: 30,
      VolumeKmsKeyId: "arn:aws:kms:us-east-1:111111111111:key/1234abcd",
      InstanceCount: 1,
      InstanceType: "ml.m5.large",
    },
    RoleArn: "arn:aws:iam::111111111111:role/sagemaker-execution-role-iris",
    InputDataConfig: [
      {
        DataSource: {
          S3DataSource: {
            S3DataType: "S3Prefix",
            S3Uri: "s3://mlops-dev-sagemaker-data-111111111111/iris/data/train/",
            S3DataDistributionType: "FullyReplicated",
          },
        },
        ContentType: "text/csv",
        ChannelName: "training",
      },
    ],
    HyperParameters: { depth: "3" },
    EnableInterContainerTrafficEncryption: true,
    EnableNetworkIsolation: true,
    ProfilerConfig: { DisableProfiler: true },
  });
});

test("a state keeps what later ones refer to, and nothing else of a result", () => {
  expect(state("Train")).toMatchObject({
    ResultSelector: { "artifact.$": "$.ModelArtifacts.S3ModelArtifacts" },
    ResultPath: "$.Train",
  });
  expect(state("CreateModel").ResultPath).toBeNull();
  expect(state("CreateModel").Parameters).toMatchObject({
    PrimaryContainer: { "ModelDataUrl.$": "$.Train.artifact" },
  });
});

test("a loop counts in the place of the first count, and goes back", () => {
  expect(state("Polls")).toMatchObject({ Parameters: { count: 0 }, ResultPath: "$.Polls", Next: "Wait" });
  expect(state("Count")).toEqual({
    Type: "Pass",
    Parameters: { "count.$": "States.MathAdd($.Polls.count, 1)" },
    ResultPath: "$.Polls",
    Next: "Wait",
  });
  expect(state("Wait")).toEqual({ Type: "Wait", Seconds: 30, Next: "Describe" });
});

test("a branch that does not end goes on after the choice", () => {
  expect(state("Decide")).toEqual({
    Type: "Choice",
    Choices: [
      {
        And: [
          { Variable: "$.Ask.decision", IsPresent: true },
          { Variable: "$.Ask.decision", StringEquals: "approved" },
        ],
        Next: "Polls",
      },
    ],
    Default: "TellRejected",
  });
});

test("an execution without its input fails by name before anything is made", () => {
  expect(machine.StartAt).toBe("CheckInput");
  expect(state("CheckInput")).toMatchObject({ Default: "InvalidInput", Choices: [{ Next: "Run" }] });
  expect(state("InvalidInput")).toEqual({
    Type: "Fail",
    Error: "Workflow.InvalidInput",
    Cause: "input must have, each a text: digest",
  });
});

test("the definition is the same each time", () => {
  expect(sample().render()).toBe(sample().render());
});

test("defect 15.2: a person who does not answer, and one who says no, end the execution by name, after it was told", () => {
  expect(state("Ask").TimeoutSeconds).toBe(604_800);
  expect(state("Ask").Catch?.[0]).toMatchObject({ ErrorEquals: ["States.Timeout"], Next: "TellTimedOut" });
  expect(state("TellTimedOut").Next).toBe("TimedOut");
  expect(state("TimedOut")).toMatchObject({ Type: "Fail", Error: "Workflow.TimedOut" });
  expect(state("TellRejected").Next).toBe("Rejected");
  expect(state("Rejected")).toMatchObject({ Type: "Fail", Error: "Workflow.Rejected" });
});

test("defect 15.2: no state waits for a year, nor does an execution", () => {
  for (const [, { TimeoutSeconds }] of tasks) expect(TimeoutSeconds).toBeLessThanOrEqual(604_800);
  expect(machine.TimeoutSeconds).toBeLessThan(14 * 24 * 60 * 60);
});

test("defect 15.4: whatever task fails is told, and ends the execution as failed, with its error and cause", () => {
  const others = tasks.filter(([name]) => name !== "TellFailure");
  expect(others.length).toBeGreaterThan(8);
  for (const [, { Catch }] of others)
    expect(Catch?.at(-1)).toEqual({
      ErrorEquals: ["States.ALL"],
      Next: "TellFailure",
      ResultPath: "$.Failure",
    });
  expect(state("TellFailure")).toMatchObject({ Next: "Failed" });
  expect(state("TellFailure").Catch).toBeUndefined();
  expect(state("Failed")).toEqual({
    Type: "Fail",
    Error: "Workflow.Failed",
    CausePath: "States.Format('{}: {}', $.Failure.Error, $.Failure.Cause)",
  });
});

test("defect 15.5: names of jobs and models are those of one run", () => {
  expect(state("Run")).toMatchObject({ Parameters: { "id.$": "States.UUID()" }, ResultPath: "$.Run" });
  const named = { Train: "TrainingJobName.$", CreateModel: "ModelName.$", Transform: "TransformJobName.$" };
  for (const [name, field] of Object.entries(named))
    expect(state(name).Parameters).toHaveProperty([field], "States.Format('iris-{}', $.Run.id)");
});

test("defect 15.8: nobody but the function that asks is given the token", () => {
  const withToken = tasks.filter(([, task]) => JSON.stringify(task).includes("Task.Token"));
  expect(withToken.map(([name]) => name)).toEqual(["Ask"]);
  expect(state("Ask").Parameters).toMatchObject({ Payload: { "token.$": "$$.Task.Token" } });
});

test("defect 15.9: what fails for a while only is tried again", () => {
  const retried = (name: string) => state(name).Retry?.flatMap(({ ErrorEquals }) => ErrorEquals);
  for (const name of ["Train", "CreateModel", "Transform"])
    expect(retried(name)).toEqual([
      "SageMaker.AmazonSageMakerException",
      "SageMaker.ResourceLimitExceededException",
    ]);
  expect(retried("Evaluate")).toEqual(
    expect.arrayContaining(["Lambda.ServiceException", "Lambda.TooManyRequestsException"]),
  );
  for (const [name] of tasks) expect(retried(name)).not.toHaveLength(0);
});
