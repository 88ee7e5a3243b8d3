import { DescribePipelineExecutionCommand, ListPipelineExecutionsCommand } from "@aws-sdk/client-sagemaker";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { executionIdOf } from "../../core/execution-id";
import { shellStep } from "../support/shell-step";
import { until } from "../support/until";
import { CommandLineSandbox, dataBucket, scheduleRule } from "../support/command-line-sandbox";

const sandbox = new CommandLineSandbox();
const mlops = (line: string) => sandbox.mlops(...line.split(" "));

beforeAll(async () => {
  await sandbox.start();
  await sandbox.deploy("good", {
    Parameters: [{ Name: "Greeting", Type: "String", DefaultValue: "hello" }],
    Steps: [
      shellStep("First", `echo one; ${sandbox.marks.waiting("first is shown")}; echo two`),
      shellStep("Second", "echo three", { DependsOn: ["First"] }),
    ],
  });
  const failing = "echo no rows > /opt/ml/output/failure; exit 3";
  await sandbox.deploy("bad", {
    Steps: [shellStep("First", failing), shellStep("Second", "true", { DependsOn: ["First"] })],
  });
  await sandbox.deploy("long", { Steps: [shellStep("Sleep", "echo asleep; sleep 86400")] });
  await sandbox.fillAccounts({
    Steps: [{ Name: "Stop", Type: "Fail", Arguments: { ErrorMessage: "enough" } }],
  });
});
afterAll(() => sandbox.stop());

const statusOf = async (PipelineExecutionArn: string) =>
  (await sandbox.sagemaker.send(new DescribePipelineExecutionCommand({ PipelineExecutionArn })))
    .PipelineExecutionStatus;

/** Waits until a command says something on standard error. */
function untilSaid({ stderr }: ReturnType<typeof mlops>, text: string): Promise<true> {
  let said = "";
  stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return until(`${text} is said`, () => said.includes(text) || undefined);
}

const newest = async (PipelineName: string) => {
  const list = await sandbox.sagemaker.send(new ListPipelineExecutionsCommand({ PipelineName }));
  return list.PipelineExecutionSummaries?.[0]?.PipelineExecutionArn;
};

/** Starts the pipeline that takes long, and waits until its step runs. */
async function startLong() {
  const before = await newest("long");
  const started = mlops("pipelines start dev long --json");
  const arn = await until("an execution has started", async () => {
    const now = await newest("long");
    return now === before ? undefined : now;
  });
  await sandbox.reach(arn, "Sleep", "Executing");
  return { started, arn };
}

test("a pipeline that succeeds is followed to its end, and what its steps printed can be read", async () => {
  const started = mlops("pipelines start dev good --param Greeting=hi --name mine");
  await untilSaid(started, "First: Executing\n");
  sandbox.marks.set("first is shown");
  const { exitCode, stdout, stderr } = await started;
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^Started arn:.*\n(.*\n)*First: Executing\n(.*\n)*Second: Succeeded after/);
  expect(stdout).toMatch(/Name +mine\nStatus +Succeeded after/);
  expect(stdout).toContain("Parameters  Greeting=hi\n");
  expect((await mlops("pipelines show dev/good --logs")).stdout).toMatch(
    /First:\none\ntwo\n\nSecond:\nthree$/,
  );
  expect((await mlops("pipelines list dev good")).stdout).toMatch(/Succeeded .* mine$/);
});

test("a pipeline that fails exits with 1, and says why", async () => {
  const { exitCode, stdout } = await mlops("pipelines start dev bad");
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(
    /First +Processing +Failed .*\nSecond +Processing +not run\n\nFirst: AlgorithmError: no rows/,
  );
});

test("Ctrl-C stops the execution and exits with 130", async () => {
  const { started, arn } = await startLong();
  started.kill("SIGINT");
  const { exitCode, stdout } = await started;
  expect(exitCode).toBe(130);
  expect(JSON.parse(stdout)).toMatchObject({ executionArn: arn, status: "Stopped" });
  expect(await statusOf(arn)).toBe("Stopped");
});

test("Ctrl-C again leaves without waiting for the end", async () => {
  const { started, arn } = await startLong();
  process.kill(sandbox.runner.pid, "SIGSTOP");
  try {
    started.kill("SIGINT");
    await until("a stop is asked for", async () => (await statusOf(arn)) === "Stopping" || undefined);
    await until("it leaves", () => {
      started.kill("SIGINT");
      return started.exitCode ?? undefined;
    });
    expect((await started).exitCode).toBe(130);
    expect(await statusOf(arn)).toBe("Stopping");
  } finally {
    process.kill(sandbox.runner.pid, "SIGCONT");
  }
  await sandbox.end(arn);
});

test("an execution somebody else started is followed live with its logs, and stopped by command", async () => {
  const arn = await sandbox.begin("long");
  await sandbox.reach(arn, "Sleep", "Executing");
  const followed = mlops(`pipelines show dev/long/${executionIdOf(arn)} --follow --logs`);
  await untilSaid(followed, "Sleep | asleep\n");
  const stopped = await mlops(`pipelines stop ${arn}`);
  expect(stopped.exitCode).toBe(0);
  expect(stopped.stdout).toMatch(/Status +Stopped after/);
  expect((await followed).stdout).toMatch(/Sleep +Processing +Stopped/);
});

test("the deployed definition is printed", async () => {
  const { stdout } = await mlops("pipelines definition dev bad");
  expect(JSON.parse(stdout)).toMatchObject({
    Version: "2020-12-01",
    Steps: [{ Name: "First" }, { Name: "Second" }],
  });
});

test("versions are listed, approved and rejected in the registry's account", async () => {
  await mlops("models approve dev mammo-severity --reason fine");
  await mlops("models reject prod mammo-severity 1");
  const { stdout } = await mlops("models list prod mammo-severity --json");
  expect(JSON.parse(stdout)).toMatchObject([
    { version: 2, approval: "Approved", description: "second" },
    { version: 1, approval: "Rejected", description: "first" },
  ]);
  expect((await mlops("models show prod mammo-severity")).stdout).toMatch(
    /^Version +2\n(.*\n)*Approval +Approved \(by .*: fine\)/,
  );
});

test("a schedule fired by hand starts what the rule starts", async () => {
  const { exitCode, stdout } = await mlops(`local fire ${scheduleRule} --json`);
  expect(exitCode).toBe(0);
  const { targets } = JSON.parse(stdout) as { targets: { executions: string[] }[] };
  const [arn = ""] = targets[0]?.executions ?? [];
  const shown = await mlops(`pipelines show ${arn} --follow`);
  expect(shown.stdout).toMatch(/mammo-severity-inference-pipeline in prod[^]*Stop: enough/);
});

test("data is made and uploaded where the pipelines look", async () => {
  const { exitCode, stdout } = await mlops("data prepare --out sets --upload dev");
  expect(exitCode).toBe(0);
  const { Contents = [] } = await sandbox.s3.send(new ListObjectsV2Command({ Bucket: dataBucket }));
  expect(Contents.map(({ Key = "" }) => `s3://${dataBucket}/${Key}`).toSorted()).toEqual(
    stdout
      .split("\n")
      .filter((line) => line.startsWith("s3://"))
      .toSorted(),
  );
  expect(Contents).toHaveLength(4);
});
