import { DescribeProcessingJobCommand, ListProcessingJobsCommand } from "@aws-sdk/client-sagemaker";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { account, bucket, RunnerSandbox } from "../support/runner-sandbox";
import { notIsolated } from "../../emulator/runner/jobs/container";
import { shellStep } from "../support/shell-step";
import { nextMessage } from "../support/messages";

const sandbox = new RunnerSandbox();
beforeAll(() => sandbox.start());
afterAll(() => sandbox.stop());

const input = (S3Uri: string, LocalPath = "/opt/ml/processing/in") => ({
  InputName: "in",
  S3Input: { S3Uri, LocalPath, S3DataType: "S3Prefix", S3InputMode: "File" },
});

/** Runs a pipeline of one step, its arguments changed. */
async function runStep(name: string, commands: string, changes: object = {}) {
  const step = shellStep("Only", commands);
  await sandbox.deploy(name, { Steps: [{ ...step, Arguments: { ...step.Arguments, ...changes } }] });
  const ended = await sandbox.run(name);
  return { ...ended, only: ended.steps.Only ?? {} };
}

test("jobs are listed and described as they ended, under the name that the step shows", async () => {
  const failed = await runStep("failed-job", "echo no rows left > /opt/ml/output/failure; exit 3");
  const passed = await runStep("passed-job", "echo 48 rows > /opt/ml/output/message");
  const { ProcessingJobSummaries = [] } = await sandbox.sagemaker.send(new ListProcessingJobsCommand({}));
  const describe = async (arn = "") => {
    const listed = ProcessingJobSummaries.find(({ ProcessingJobArn }) => ProcessingJobArn === arn);
    const { ProcessingJobName, ProcessingJobStatus } = listed ?? {};
    const job = await sandbox.sagemaker.send(new DescribeProcessingJobCommand({ ProcessingJobName }));
    return { ...job, listed: ProcessingJobStatus };
  };
  const completed = await describe(passed.only.Metadata?.ProcessingJob?.Arn);
  expect(completed).toMatchObject({
    listed: "Completed",
    ProcessingJobStatus: "Completed",
    ExitMessage: "48 rows",
    RoleArn: `arn:aws:iam::${account}:role/execution-role`,
  });
  const [started, ended] = [completed.ProcessingStartTime, completed.ProcessingEndTime];
  expect(ended?.getTime()).toBeGreaterThan(started?.getTime() ?? NaN);
  expect(await describe(failed.only.Metadata?.ProcessingJob?.Arn)).toMatchObject({
    listed: "Failed",
    ProcessingJobStatus: "Failed",
    FailureReason: "AlgorithmError: no rows left, exit code: 3",
  });
});

test("a script finds its inputs, configuration and region where SageMaker puts them", async () => {
  await sandbox.put("inputs/a.csv", "1\n");
  await sandbox.put("inputs/deep/b.csv", "2\n");
  const { arn, only } = await runStep(
    "places",
    `cd /opt/ml && find . -type f -name '*.csv' | sort && cat config/resourceconfig.json && echo "$AWS_REGION $MINE"`,
    { ProcessingInputs: [input(`s3://${bucket}/inputs/`)], Environment: { MINE: "here" } },
  );
  expect(only.StepStatus).toBe("Succeeded");
  expect(sandbox.log(arn, "Only")).toBe(
    './processing/in/a.csv\n./processing/in/deep/b.csv\n{"current_host":"algo-1","hosts":["algo-1"]}us-east-1 here\n',
  );
});

test("a script works with its role's credentials, and with nobody else's", async () => {
  const commands = `python3 -c "import boto3; print(boto3.client('sts').get_caller_identity()['Arn'])"`;
  const { arn } = await runStep("identity", commands);
  expect(sandbox.log(arn, "Only")).toBe(`arn:aws:sts::${account}:assumed-role/execution-role/SageMaker\n`);
});

/** Says what it reaches: local AWS, a server of its own, the role's credentials. */
const reach = [
  "import os, socket, urllib.parse",
  "def reaches(address):",
  "    try: return socket.create_connection(address, 5) is not None",
  "    except OSError: return False",
  "place = urllib.parse.urlsplit(os.environ['PLACE'])",
  "own = socket.create_server(('127.0.0.1', 0))",
  "print(reaches((place.hostname, place.port)), reaches(own.getsockname()), 'AWS_SECRET_ACCESS_KEY' in os.environ)",
].join("\n");

test("an isolated job reaches nothing but itself, and has no credentials", async () => {
  await sandbox.put("scripts/reach.py", reach);
  const changes = (NetworkConfig: object) => ({
    ProcessingInputs: [input(`s3://${bucket}/scripts/`)],
    Environment: { PLACE: sandbox.localAws.endpoint },
    NetworkConfig,
  });
  const script = "python3 /opt/ml/processing/in/reach.py";
  const open = await runStep("open", script, changes({ EnableNetworkIsolation: false }));
  const isolated = await runStep("isolated", script, changes({ EnableNetworkIsolation: true }));
  expect(sandbox.log(open.arn, "Only")).toBe("True True True\n");
  // Where a machine has no networks to give, the log says so.
  expect(["False True False\n", `${notIsolated}\nTrue True False\n`]).toContain(
    sandbox.log(isolated.arn, "Only"),
  );
});

const failures: readonly (readonly [string, object, RegExp])[] = [
  [
    "an input without objects",
    { ProcessingInputs: [input(`s3://${bucket}/nothing/`)] },
    /^ClientError: No S3 objects found under S3 URL "s3:\/\/test-sagemaker-data\/nothing\/"$/,
  ],
  [
    "a bucket that is not there",
    { ProcessingInputs: [input("s3://no-such-bucket-anywhere/x")] },
    /^NoSuchBucket: /,
  ],
  [
    "a folder outside the container",
    { ProcessingInputs: [input(`s3://${bucket}/nothing/`, "/opt/ml/../../etc")] },
    /^ClientError: LocalPath must be below \/opt\/ml, got: \/opt\/ml\/..\/..\/etc$/,
  ],
  [
    "a job that takes too long",
    { StoppingCondition: { MaxRuntimeInSeconds: 1 }, AppSpecification: appSpecification("sleep 86400") },
    /^ClientError: the job ran longer than MaxRuntimeInSeconds$/,
  ],
  [
    "a command that is not there",
    { AppSpecification: { ...appSpecification(""), ContainerEntrypoint: ["no-such-command"] } },
    /^AlgorithmError: .*no-such-command.*not found, exit code: 127$/,
  ],
  [
    "a role that SageMaker may not assume",
    { RoleArn: `arn:aws:iam::${account}:role/other-role` },
    /^The trust policy of arn:aws:iam::\d+:role\/other-role does not let in sagemaker.amazonaws.com acting for /,
  ],
  [
    "a role that is not there",
    { RoleArn: `arn:aws:iam::${account}:role/no-role` },
    /^Role arn:aws:iam::\d+:role\/no-role does not exist$/,
  ],
];

function appSpecification(commands: string) {
  return { ...shellStep("Only", commands).Arguments.AppSpecification };
}

test.each(failures)("a step fails of %s, saying so", async (what, changes, reason) => {
  await sandbox.createRole("other-role", "lambda.amazonaws.com").catch(() => undefined);
  const { status, only } = await runStep(what.replaceAll(" ", "-"), "true", changes);
  expect(status).toBe("Failed");
  expect(only.FailureReason).toMatch(reason);
});

const eventsMaySend = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: `arn:aws:sqs:us-east-1:${account}:events`,
    },
  ],
};

test("each change of a step's status reaches a rule, a failure with its reason", async () => {
  const settings = await sandbox.access(account);
  const sqs = new SQSClient({ ...settings, useQueueUrlAsEndpoint: false });
  const Attributes = { Policy: JSON.stringify(eventsMaySend) };
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "events", Attributes }));
  const events = new EventBridgeClient(settings);
  const kind = "SageMaker Model Building Pipeline Execution Step Status Change";
  const pattern = { source: ["aws.sagemaker"], "detail-type": [kind], detail: { stepName: ["Only"] } };
  await events.send(new PutRuleCommand({ Name: "steps", EventPattern: JSON.stringify(pattern) }));
  const Arn = `arn:aws:sqs:us-east-1:${account}:events`;
  await events.send(new PutTargetsCommand({ Rule: "steps", Targets: [{ Id: "queue", Arn }] }));
  const { arn } = await runStep("told", "echo the disk is full >&2; exit 1");
  const details = [];
  for (let count = 0; count < 3; count += 1) {
    const { detail } = JSON.parse(await nextMessage(sqs, QueueUrl)) as { detail: Record<string, unknown> };
    details.push(detail);
  }
  expect(details.map(({ currentStepStatus }) => currentStepStatus)).toEqual([
    "Starting",
    "Executing",
    "Failed",
  ]);
  expect(details.at(-1)).toMatchObject({
    stepType: "Processing",
    previousStepStatus: "Executing",
    failureReason: "AlgorithmError: the disk is full, exit code: 1",
    pipelineExecutionArn: arn,
    metadata: { processingJob: { arn: expect.stringContaining(":processing-job/pipelines-") as string } },
  });
});
