import {
  askTask,
  atLeast,
  callTask,
  equals,
  functionTask,
  modelTask,
  publishTask,
  runName,
  serviceRetries,
  StateMachine,
  sum,
  text,
  trainingTask,
  transformTask,
  type StateMachineProps,
} from "../../pipelines/workflow";

export const account = "111111111111";
export const region = "us-east-1";
const kmsKeyArn = `arn:aws:kms:${region}:${account}:alias/mlops-dev`;
const volumeKeyArn = `arn:aws:kms:${region}:${account}:key/1234abcd`;
const roleArn = `arn:aws:iam::${account}:role/sagemaker-execution-role-iris`;
const functionArn = (name: string) => `arn:aws:lambda:${region}:${account}:function:iris-${name}`;
export const topicArn = `arn:aws:sns:${region}:${account}:iris-notification`;
const bucket = "mlops-dev-sagemaker-data-111111111111";
const repository = `${account}.dkr.ecr.${region}.amazonaws.com/iris`;

export const here = { account, region, bucketAccounts: [account], answerSeconds: 1_209_600 };

const tell = (subject: string, message: ReturnType<typeof text>) =>
  publishTask({ topicArn, kmsKeyArn, subject, message });

/** The states of the sample, with a loop that waits for its endpoint. */
export const sampleProps: StateMachineProps<"digest"> = {
  ...here,
  name: "iris-workflow",
  input: ["digest"],
  states: (chain, { input, run }) => {
    const image = text`${repository}@${input.digest}`;
    const folder = text`s3://${bucket}/iris/workflow/${run}`;
    const modelName = runName("iris", run);
    return chain
      .task("Train", () =>
        trainingTask({
          jobName: runName("iris", run),
          image,
          roleArn,
          instanceType: "ml.m5.large",
          instanceCount: 1,
          kmsKeyArn,
          volumeKeyArn,
          outputUri: text`${folder}/model`,
          hyperparameters: { depth: 3 },
          channels: { training: { s3Uri: `s3://${bucket}/iris/data/train/`, contentType: "text/csv" } },
        }),
      )
      .task("CreateModel", ({ Train }) =>
        modelTask({ modelName, image, roleArn, modelDataUri: Train.artifact }),
      )
      .task("Transform", () =>
        transformTask({
          jobName: runName("iris", run),
          modelName,
          roleArn,
          instanceType: "ml.m5.large",
          instanceCount: 1,
          kmsKeyArn,
          volumeKeyArn,
          inputUri: `s3://${bucket}/iris/data/held-out/rows.csv`,
          outputUri: text`${folder}/predictions`,
          contentType: "text/csv",
        }),
      )
      .task("Evaluate", ({ Transform }) =>
        functionTask({
          functionArn: functionArn("evaluate"),
          payload: { predictions: Transform.outputUri },
          outputs: ["accuracy"],
        }),
      )
      .task(
        "Ask",
        ({ Evaluate }) =>
          askTask({
            functionArn: functionArn("ask"),
            payload: { accuracy: Evaluate.accuracy },
            tokenKey: "token",
            outputs: ["decision"],
            timeoutSeconds: 604_800,
          }),
        [
          {
            errors: ["States.Timeout"],
            then: (late) =>
              late
                .task("TellTimedOut", () => tell("iris: nobody answered", "Nothing was deployed."))
                .fail("TimedOut", () => ({ error: "Workflow.TimedOut", cause: "nobody answered" })),
          },
        ],
      )
      .choice("Decide", {
        branches: [
          {
            when: ({ Ask }) => equals(Ask.decision, "approved"),
            then: (approved) => approved,
          },
        ],
        otherwise: (rejected) =>
          rejected
            .task("TellRejected", () => tell("iris: rejected", "Nothing was deployed."))
            .fail("Rejected", () => ({ error: "Workflow.Rejected", cause: "a person has rejected it" })),
      })
      .pass("Polls", () => ({ count: 0 }))
      .wait("Wait", 30)
      .task("Describe", () =>
        callTask({
          resource: "aws-sdk:sagemaker:describeEndpoint",
          parameters: { EndpointName: "iris" },
          outputs: { status: "$.EndpointStatus" },
          retries: serviceRetries("SageMaker"),
          statements: [],
        }),
      )
      .decide("InService", {
        branches: [
          {
            when: ({ Describe }) => equals(Describe.status, "InService"),
            then: (done) =>
              done
                .task("TellDeployed", ({ Evaluate }) =>
                  tell("iris: deployed", text`Accuracy is ${Evaluate.accuracy}.`),
                )
                .succeed("Deployed"),
          },
          {
            when: ({ Polls }) => atLeast(Polls.count, 120),
            then: (late) =>
              late.fail("NeverInService", () => ({ error: "Workflow.Endpoint", cause: "late" })),
          },
        ],
        otherwise: (waiting) =>
          waiting.again("Count", "Polls", ({ Polls }) => ({ count: sum(Polls.count, 1) })).goTo("Wait"),
      });
  },
  onFailure: (failed) =>
    failed
      .task("TellFailure", ({ Failure }) => tell("iris: failed", text`${Failure.Error}: ${Failure.Cause}`))
      .fail("Failed", ({ Failure }) => ({
        error: "Workflow.Failed",
        cause: text`${Failure.Error}: ${Failure.Cause}`,
      })),
};

export const sample = (): StateMachine<"digest"> => new StateMachine(sampleProps);
