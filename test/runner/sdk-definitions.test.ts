import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { SendPipelineExecutionStepSuccessCommand } from "@aws-sdk/client-sagemaker";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import otherSteps from "../parity/golden/other-steps.json";
import stepKinds from "../parity/golden/step-kinds.json";
import { deployFunction } from "../support/local-functions";
import { nextMessage } from "../support/messages";
import { account, RunnerSandbox, type Ended } from "../support/runner-sandbox";
import { dataBucket, makeSdkAccount, putFile, putSources } from "../support/sdk-account";

const golden = join(__dirname, "../parity/golden");
const otherTeam = join(__dirname, "other-team");
const sandbox = new RunnerSandbox();
let sqs: SQSClient;
let queue: string;

beforeAll(async () => {
  await sandbox.start();
  await makeSdkAccount(sandbox);
  sqs = new SQSClient({ ...(await sandbox.access(account)), useQueueUrlAsEndpoint: false });
  queue = (await sqs.send(new CreateQueueCommand({ QueueName: "questions" }))).QueueUrl ?? "";
});
afterAll(() => sandbox.stop());

const statuses = ({ steps }: Ended) =>
  Object.fromEntries(Object.entries(steps).map(([name, { StepStatus }]) => [name, StepStatus]));

/** Answers the callback of an execution, and waits for its end. */
async function answer(arn: string, value: string) {
  await sandbox.reach(arn, "Ask", "Executing");
  const { token, arguments: question } = JSON.parse(await nextMessage(sqs, queue)) as {
    token: string;
    arguments: unknown;
  };
  const OutputParameters = [{ Name: "answer", Value: value }];
  await sandbox.sagemaker.send(
    new SendPipelineExecutionStepSuccessCommand({ CallbackToken: token, OutputParameters }),
  );
  return { ...(await sandbox.end(arn)), question };
}

describe("a pipeline of another team", () => {
  let first: Awaited<ReturnType<typeof answer>>;

  beforeAll(async () => {
    await sandbox.s3.send(new CreateBucketCommand({ Bucket: "sdk-uploads" }));
    const entryPoint = /s3:\/\/sdk-uploads\/[^"]+/.exec(
      readFileSync(join(golden, "other-steps.json"), "utf8"),
    );
    await putFile(sandbox.s3, entryPoint?.[0] ?? "", join(golden, "other-steps.runproc.sh"));
    const prefix = `s3://${dataBucket}/other`;
    await putSources(sandbox.s3, `${prefix}/source/sourcedir.tar.gz`, otherTeam, ["prepare.py"]);
    await putFile(sandbox.s3, `${prefix}/scripts/measure.py`, join(otherTeam, "measure.py"));
    const source = `exports.handler = async ({ started }) => ({ least: 0.5, open: Date.parse(started) > 0 });`;
    await deployFunction(sandbox, "mammo-severity-latest-approved-model", { source });
    await sandbox.deploy("other-steps", otherSteps);
    first = await answer(await sandbox.begin("other-steps"), "yes");
  });

  const before = {
    Prepare: "Succeeded",
    Train: "Succeeded",
    "Serve-CreateModel": "Succeeded",
    Score: "Succeeded",
    Measure: "Succeeded",
    Limits: "Succeeded",
    Gate: "Succeeded",
  };

  test("trains, scores, measures and asks, with the SDK's own entry point and paths written down", () => {
    const { question, ...ended } = first;
    expect(question).toEqual({ share: 0.6, question: "go on with red" });
    expect(ended.status).toBe("Succeeded");
    expect(statuses(ended)).toEqual({ ...before, Ask: "Succeeded", Answered: "Succeeded" });
  });

  test("takes its cached step, and fails with the SDK's joined message where the answer is no", async () => {
    const ended = await answer(await sandbox.begin("other-steps"), "no");
    expect(ended.status).toBe("Failed");
    expect(statuses(ended)).toEqual({
      ...before,
      Ask: "Succeeded",
      Answered: "Succeeded",
      Refused: "Failed",
    });
    expect(ended.steps.Refused?.FailureReason).toBe("somebody said no: red");
    expect(ended.steps.Prepare?.CacheHitResult?.SourcePipelineExecutionArn).toBe(first.arn);
  });

  test("takes its other branch where another colour has too few", async () => {
    const ended = await sandbox.run("other-steps", { Colour: "blue", Careful: "false" });
    expect(statuses(ended)).toEqual({ ...before, TooFew: "Failed" });
    expect(ended.steps.TooFew?.FailureReason).toBe("not above the limit of 0.9");
  });
});

describe("the step kinds that our definitions are compared with", () => {
  beforeAll(async () => {
    const prepare = `s3://${dataBucket}/mammo-severity/scripts/HASH/prepare.py`;
    await putFile(sandbox.s3, prepare, join(otherTeam, "clean.py"));
    await sandbox.deploy("step-kinds", stepKinds);
  });

  test("prepare, and ask behind Or, In, Not and comparisons", async () => {
    const ended = await answer(await sandbox.begin("step-kinds", { Colour: "blue" }), "go on");
    expect(ended.question).toEqual({ question: "go on?" });
    expect(statuses(ended)).toEqual({ Prepare: "Succeeded", Gate: "Succeeded", Ask: "Succeeded" });
    expect(ended.steps.Ask).toMatchObject({
      StepDisplayName: "Ask somebody",
      StepDescription: "Waits for an answer",
    });
  });

  test("check the model's quality where Not does not hold, which lacks a baseline", async () => {
    const ended = await sandbox.run("step-kinds", { Careful: "false" });
    expect(statuses(ended)).toEqual({ Prepare: "Succeeded", Gate: "Succeeded", Quality: "Failed" });
    expect(ended.steps.Quality?.FailureReason).toMatch(/^ClientError: there is no previous baseline/);
  });
});
