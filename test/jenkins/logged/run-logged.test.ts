import { CloudWatchLogsClient, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { mockClient } from "aws-sdk-client-mock";
import { setTimeout as delay } from "node:timers/promises";
import { Writable } from "node:stream";
import { LogStream } from "../../../jenkins/logged/log-stream";
import { runLogged, type LoggedRun } from "../../../jenkins/logged/run-logged";

const logs = mockClient(CloudWatchLogsClient);
beforeEach(() => {
  logs.reset();
});

class Text extends Writable {
  text = "";
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

const stream = (open = () => Promise.resolve(new CloudWatchLogsClient({}))): LogStream =>
  new LogStream({ account: "prod", group: "jenkins-log", stream: "mlops/7", open });
const logged = (): (string | undefined)[] =>
  logs
    .commandCalls(PutLogEventsCommand)
    .flatMap((call) => (call.args[0].input.logEvents ?? []).map(({ message }) => message));

async function run(script: string, streams = [stream()], settings: Partial<LoggedRun> = {}) {
  const [out, err] = [new Text(), new Text()];
  const code = await runLogged({ command: ["sh", "-c", script], streams, out, err, ...settings });
  return { code, out: out.text, err: err.text };
}

describe("a logged command", () => {
  test("prints where it would have printed, and every line is logged", async () => {
    const { code, out, err } = await run("echo one; printf 'two\\nthree'; echo four >&2");
    expect({ code, out, err }).toEqual({ code: 0, out: "one\ntwo\nthree", err: "four\n" });
    expect(logged().toSorted()).toEqual(["four", "one", "three", "two"]);
  });

  test.each([0, 1, 2, 3, 130])("exits with its own code: %d", async (code) => {
    expect((await run(`exit ${code}`)).code).toBe(code);
  });

  test("ended by a signal, it exits as a shell says", async () => {
    expect((await run("kill -TERM $$")).code).toBe(143);
  });

  test("that does not exist is said to, with 127", async () => {
    const err = new Text();
    const code = await runLogged({ command: ["no-such-command"], streams: [], out: new Text(), err });
    expect(code).toBe(127);
    expect(err.text).toContain("no-such-command does not start");
  });

  test("is logged while it runs, so that a killed build has its log", async () => {
    const running = run("echo early; sleep 0.6", [stream()], { everyMilliseconds: 50 });
    await delay(400);
    expect(logged()).toEqual(["early"]);
    await running;
  });

  test("is handed a signal to stop, and may finish what it has to", async () => {
    const running = run(
      "trap 'echo stopping; exit 130' TERM; echo up; while :; do sleep 0.05; done",
      [stream()],
      { everyMilliseconds: 20 },
    );
    while (!logged().includes("up")) await delay(20);
    process.emit("SIGTERM", "SIGTERM");
    expect(await running).toMatchObject({ code: 130, out: "up\nstopping\n" });
    expect(logged()).toContain("stopping");
  });

  test("is handed it though npx, or a shell, stands between that ends at once", async () => {
    const behind =
      "sh -c 'trap \"echo stopping; exit 3\" TERM; echo up; while :; do sleep 0.05; done' & wait";
    const running = run(behind, [stream()], { everyMilliseconds: 20 });
    while (!logged().includes("up")) await delay(20);
    process.emit("SIGTERM", "SIGTERM");
    expect(await running).toMatchObject({ code: 143, out: "up\nstopping\n" });
  });

  test("is not found by Jenkins, which would kill Terraform before it has saved its state", async () => {
    const environment = {
      ...process.env,
      JENKINS_SERVER_COOKIE: "durable-1",
      JENKINS_NODE_COOKIE: "2",
      BUILD_NUMBER: "7",
    };
    const { out } = await run("env", [], { environment });
    expect(out).toContain("BUILD_NUMBER=7\n");
    expect(out).not.toMatch(/COOKIE/);
  });

  test("that prints a secret of its environment gets it neither onto the console nor into the log", async () => {
    const environment = { ...process.env, AWS_SESSION_TOKEN: "FwoGZXIvYXdzEBYa" };
    const script =
      'echo "denied for $AWS_SESSION_TOKEN" >&2; printf "FwoGZXIv"; sleep 0.3; printf "YXdzEBYa and more"';
    const { out, err } = await run(script, [stream()], { environment });
    expect({ out, err }).toEqual({ out: "**** and more", err: "denied for ****\n" });
    expect(logged().toSorted()).toEqual(["**** and more", "denied for ****"]);
  });

  test("does not wait for a log group that does not answer", async () => {
    const silent = stream(() => new Promise(() => undefined));
    const { code, err } = await run("echo one; exit 3", [silent], { lastMilliseconds: 50 });
    expect(code).toBe(3);
    expect(err).toBe("WARNING: lines missing in jenkins-log of prod: 1 (it does not answer)\n");
  });

  test("does what it does where its log cannot be written, which is said once", async () => {
    const unreachable = stream(() => Promise.reject(new Error("no credentials")));
    const { code, out, err } = await run("echo one; exit 3", [unreachable, stream()]);
    expect({ code, out }).toEqual({ code: 3, out: "one\n" });
    expect(err).toBe("WARNING: lines missing in jenkins-log of prod: 1 (no credentials)\n");
    expect(logged()).toEqual(["one"]);
  });
});
