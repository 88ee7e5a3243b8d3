import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListMonitoringAlertsCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { GetCallerIdentityCommand, AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { startLocalAws, stopKept, type LocalAws, type LocalAwsOptions } from "../../emulator/local-aws";
import { until } from "../support/until";

const python = process.env.MLOPS_PYTHON ?? "python3";
const folder = mkdtempSync(join(tmpdir(), "local-aws-"));
const keptFile = join(folder, "kept.json");
const started: LocalAws[] = [];

async function start(options: Partial<LocalAwsOptions> = {}): Promise<LocalAws> {
  const logFile = join(folder, `log-${started.length}`);
  const localAws = await startLocalAws({
    python,
    callerAccount: "444444444444",
    logFile,
    keptFile,
    ...options,
  });
  started.push(localAws);
  return localAws;
}

afterAll(async () => {
  await Promise.all(started.map((localAws) => localAws.stop()));
  rmSync(folder, { recursive: true, force: true });
});

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const untilGone = (pid: number) => until(`process ${pid} is gone`, () => !runs(pid) || undefined);

const sts = (
  { endpoint, secret }: LocalAws,
  accessKeyId = secret,
  secretAccessKey = "local",
  sessionToken?: string,
) =>
  new STSClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
  });

test("it answers on the loopback interface only, as the caller's account", async () => {
  const localAws = await start();
  expect(localAws.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(localAws.environment).toMatchObject({
    AWS_ENDPOINT_URL: localAws.endpoint,
    AWS_REGION: "us-east-1",
  });
  const { Account } = await sts(localAws).send(new GetCallerIdentityCommand({}));
  expect(Account).toBe("444444444444");
});

test("what it has not got is refused at the first attempt", async () => {
  const { endpoint, secret } = await start();
  const sagemaker = new SageMakerClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: secret, secretAccessKey: "local" },
  });
  const command = new ListMonitoringAlertsCommand({ MonitoringScheduleName: "hourly" });
  await expect(sagemaker.send(command)).rejects.toMatchObject({
    name: "UnknownOperationException",
    message: expect.stringContaining("sagemaker:ListMonitoringAlerts") as unknown,
    $metadata: { httpStatusCode: 400, attempts: 1 },
  });
});

test("an assumed role stands in its own account", async () => {
  const localAws = await start();
  const RoleArn = "arn:aws:iam::222222222222:role/OrganizationAccountAccessRole";
  const assume = new AssumeRoleCommand({ RoleArn, RoleSessionName: "test" });
  const { Credentials: given } = await sts(localAws).send(assume);
  const inside = sts(localAws, given?.AccessKeyId, given?.SecretAccessKey, given?.SessionToken);
  expect(await inside.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: "222222222222" });
});

test("two at once do not get in each other's way, and a stop ends one only", async () => {
  const [one, other] = await Promise.all([start(), start({ logFile: join(folder, "other-log") })]);
  expect(one.endpoint).not.toBe(other.endpoint);
  await one.stop();
  await one.stop();
  expect(runs(one.pid)).toBe(false);
  expect((await fetch(`${other.endpoint}/moto-api/pid`)).status).toBe(200);
});

test("what goes wrong at the start is said with the end of the log, and nothing is left", async () => {
  const logFile = join(folder, "failed-log");
  const failing = join(folder, "python-that-fails");
  writeFileSync(failing, "#!/bin/sh\necho no module named moto >&2\nexit 3\n", { mode: 0o755 });
  await expect(start({ python: failing, logFile })).rejects.toThrow(/exit code 3[^]*no module named moto/);
  await expect(start({ python: join(folder, "missing"), logFile })).rejects.toThrow(
    /could not be started: .*ENOENT/,
  );
});

/** Starts local AWS from a process of its own, and tells that process' and the server's id. */
async function startElsewhere(keep: boolean): Promise<{ readonly parent: number; readonly server: number }> {
  const module = join(__dirname, "../../emulator/local-aws");
  const options = {
    python,
    callerAccount: "444444444444",
    logFile: join(folder, "elsewhere-log"),
    keep,
    keptFile,
  };
  const script = `require(${JSON.stringify(module)}).startLocalAws(${JSON.stringify(options)})
    .then(({ pid }) => { console.log(pid); setInterval(() => {}, 1000); })`;
  const parent = spawn(process.execPath, ["--require", "ts-node/register", "--eval", script], {
    cwd: join(__dirname, "../.."),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(parent.stdout, "data")) as [Buffer];
  return { parent: parent.pid ?? 0, server: Number(line.toString()) };
}

test("it ends when whoever started it is killed", async () => {
  const { parent, server } = await startElsewhere(false);
  expect(runs(server)).toBe(true);
  process.kill(parent, "SIGKILL");
  await untilGone(server);
});

test("kept, it outlives whoever started it, until it is stopped", async () => {
  const { parent, server } = await startElsewhere(true);
  process.kill(parent, "SIGKILL");
  await untilGone(parent);
  const { endpoint } = JSON.parse(readFileSync(keptFile, "utf8")) as { endpoint: string };
  expect(await (await fetch(`${endpoint}/moto-api/pid`)).text()).toBe(String(server));
  expect(await stopKept(keptFile)).toBe(true);
  await untilGone(server);
  expect(await stopKept(keptFile)).toBe(false);
});

test("a kept one gives way to the next, and its own stop leaves nothing written down", async () => {
  const first = await start({ keep: true });
  const second = await start({ keep: true });
  await untilGone(first.pid);
  await second.stop();
  expect(existsSync(keptFile)).toBe(false);
});

test("a process that has got a kept server's number since is left alone", async () => {
  const bystander = spawn("sleep", ["86400"]);
  writeFileSync(keptFile, JSON.stringify({ pid: bystander.pid, endpoint: "http://127.0.0.1:9" }));
  expect(await stopKept(keptFile)).toBe(false);
  expect(runs(bystander.pid ?? 0)).toBe(true);
  bystander.kill();
});
