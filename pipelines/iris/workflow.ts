import type { WorkflowContext, WorkflowInput } from "../model";
import {
  askTask,
  atLeast,
  equals,
  functionTask,
  modelTask,
  numberOf,
  publishTask,
  runName,
  serveAt,
  StateMachine,
  text,
  trainingTask,
  transformTask,
} from "../workflow";

/** Of held-out flowers that must be told apart for anybody to be asked. */
const leastAccuracy = 0.9;

const file = "iris.csv";
const contentType = "text/csv";

/**
 * Trains on flowers in the image of a digest, scores held-out ones, asks a person, and serves what that person approves. Where one of
 * these does not come to a good end, the execution fails by a name of its own, which a rule of its stack tells.
 */
export const irisWorkflow = (model: string, context: WorkflowContext): StateMachine<WorkflowInput> =>
  new StateMachine<WorkflowInput>({
    ...context,
    input: ["digest", "answerSeconds"],
    states: (chain, { input, run, executionArn }) => {
      const { dataBucket, jobRoleArn: roleArn, kmsKeyArn, volumeKeyArn, network } = context;
      const image = text`${context.imageRepository}@${input.digest}`;
      const data = `s3://${dataBucket}/${model}/data`;
      const results = text`s3://${dataBucket}/${model}/workflow/${run}`;
      const report = text`${results}/evaluation/evaluation.json`;
      const name = runName(context.runPrefix, run);
      const machine = { instanceType: "ml.m5.large", instanceCount: 1, kmsKeyArn, volumeKeyArn };
      const evaluated = chain
        .pass("Limits", () => ({ answerSeconds: numberOf(input.answerSeconds) }))
        .task("Train", () =>
          trainingTask({
            ...machine,
            jobName: name,
            image,
            roleArn,
            network,
            outputUri: text`${results}/model`,
            hyperparameters: { regularization: 10 },
            channels: { training: { s3Uri: `${data}/train/`, contentType } },
          }),
        )
        .task("CreateModel", ({ Train }) =>
          modelTask({ modelName: name, image, roleArn, network, modelDataUri: Train.artifact }),
        )
        .task("Score", () =>
          transformTask({
            ...machine,
            jobName: name,
            modelName: name,
            roleArn,
            inputUri: `${data}/held-out/`,
            outputUri: text`s3://${dataBucket}/${model}/inference/${run}/predictions`,
            contentType,
          }),
        )
        .task("Evaluate", ({ Score }) =>
          functionTask({
            functionArn: context.evaluationFunctionArn,
            payload: {
              predictions: text`${Score.outputUri}/${file}.out`,
              labels: `${data}/held-out-labels/${file}`,
              report,
            },
            outputs: ["accuracy", "rows"],
          }),
        )
        .choice("GoodEnough", {
          branches: [
            { when: ({ Evaluate }) => atLeast(Evaluate.accuracy, leastAccuracy), then: (good) => good },
          ],
          otherwise: (poor) =>
            poor.fail("NotGoodEnough", ({ Evaluate }) => ({
              error: "Workflow.NotGoodEnough",
              cause: text`accuracy must be at least ${String(leastAccuracy)}, got: ${Evaluate.accuracy}`,
            })),
        });
      const approved = evaluated
        .task(
          "Ask",
          ({ Evaluate, Limits }) =>
            askTask({
              functionArn: context.questionFunctionArn,
              payload: {
                execution: executionArn,
                seconds: Limits.answerSeconds,
                metrics: { accuracy: Evaluate.accuracy, rows: Evaluate.rows },
                report,
              },
              tokenKey: "token",
              outputs: ["answer", "by"],
              timeoutSeconds: Limits.answerSeconds,
            }),
          [
            {
              errors: ["States.Timeout"],
              then: (late) =>
                late.fail("NotAnswered", () => ({
                  error: "Workflow.NotAnswered",
                  cause: "nobody has answered in time",
                })),
            },
          ],
        )
        .choice("Decided", {
          branches: [{ when: ({ Ask }) => equals(Ask.answer, "approved"), then: (approved) => approved }],
          otherwise: (rejected) =>
            rejected.fail("Rejected", ({ Ask }) => ({
              error: "Workflow.Rejected",
              cause: text`rejected by ${Ask.by}`,
            })),
        });
      const { endpoint } = context;
      return serveAt(approved, { ...endpoint, where: context, name, endpointName: endpoint.name, kmsKeyArn })
        .task(
          "Tell",
          ({ Evaluate, Ask }) =>
            publishTask({
              topicArn: context.alertTopicArn,
              kmsKeyArn,
              subject: `${model} serves a new model`,
              message: text`Endpoint ${endpoint.name} serves ${name}, approved by ${Ask.by}. Accuracy on ${Evaluate.rows} held-out rows: ${Evaluate.accuracy}. Run: ${executionArn}`,
            }),
          [
            {
              errors: ["States.TaskFailed", "States.Timeout"],
              then: (untold) =>
                untold.fail("NotTold", ({ Failure }) => ({
                  error: "Workflow.NotTold",
                  cause: text`endpoint ${endpoint.name} serves ${name}, and nobody could be told: ${Failure.Error}: ${Failure.Cause}`,
                })),
            },
          ],
        )
        .succeed("Deployed");
    },
    onFailure: (failed) =>
      failed.fail("Failed", ({ Failure }) => ({
        error: "Workflow.Failed",
        cause: text`${Failure.Error}: ${Failure.Cause}`,
      })),
  });
