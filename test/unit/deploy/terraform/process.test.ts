import { spawn as start } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { join } from "node:path";
import type { Message } from "../../../../deploy/terraform/messages";
import { run, runWithJournal, TerraformError } from "../../../../deploy/terraform/process";
import { repository } from "../../../support/estate";
import { until } from "../../../support/until";
import { begun, failed, FakeTerraform } from "./support/fake-terraform";

let fake: FakeTerraform;
beforeEach(() => {
  fake = new FakeTerraform();
});

type Runner = typeof run;
const withJournal: Runner = (options, args) => runWithJournal(options, args, fake.journal);
const runners: [string, Runner][] = [
  ["over a pipe", run],
  ["with a journal", withJournal],
];

describe.each(runners)("Terraform %s", (_, runner) => {
  test("runs in the stack's folder, quietly, with its arguments, and gives its messages as they come", async () => {
    const options = fake.options(`pwd > $here/where; echo "$@" > $here/arguments; env > $here/environment
echo '${begun("aws_x.one")}'
while [ -d $here ] && [ ! -e $here/seen ]; do sleep 0.02; done
echo '{"type":"version"}'; echo 'text'; printf '%s' '${begun("aws_x.two")}'`);
    const heard: Message[] = [];
    const running = runner({ ...options, onMessage: (message) => heard.push(message) }, ["apply", "-json"]);
    await until("the first message is heard", () => heard[0]);
    await touch("seen");
    const { messages, exitCode } = await running;
    expect(exitCode).toBe(0);
    expect(messages.map((message) => message.type === "apply_start" && message.hook.resource.addr)).toEqual([
      "aws_x.one",
      "aws_x.two",
    ]);
    expect(heard).toEqual(messages);
    expect(fake.read("where").trim()).toBe(fake.folder);
    expect(fake.read("arguments").trim()).toBe("apply -json");
    expect(fake.read("environment")).toMatch(/^TF_IN_AUTOMATION=1$/m);
    expect(fake.read("environment")).toMatch(/^CHECKPOINT_DISABLE=1$/m);
  });

  test("that fails says why, in its own words", async () => {
    const options = fake.options(`echo '${failed("No bucket", "It is gone")}'; echo noise >&2; exit 1`);
    await expect(runner(options, ["apply"])).rejects.toThrow(
      new TerraformError("apply", fake.folder, ["No bucket\nIt is gone"]),
    );
  });

  test("that fails without a message is told by what else it said, or by how it ended", async () => {
    await expect(runner(fake.options("echo panic: oh >&2; exit 2"), ["apply"])).rejects.toThrow("panic: oh");
    await expect(runner(fake.options("exit 7"), ["apply"])).rejects.toThrow("exit code 7");
    await expect(runner(fake.options("kill -9 $$"), ["apply"])).rejects.toThrow("SIGKILL");
  });

  test("that is not there is an error as well", async () => {
    const options = { ...fake.options(""), terraform: join(fake.folder, "missing") };
    await expect(runner(options, ["apply"])).rejects.toThrow(TerraformError);
  });

  test("is interrupted once, has time to save its state, and is said to have been interrupted", async () => {
    const options = fake.options(`trap 'echo caught >> $here/signals; interrupted=1' INT
touch $here/begun
while [ -d $here ] && [ -z "$interrupted" ]; do sleep 0.02; done
sleep 0.3; touch $here/saved; echo '${failed("operation canceled")}'; exit 1`);
    const stop = new AbortController();
    const running = runner({ ...options, signal: stop.signal }, ["apply"]);
    await fake.until("begun");
    stop.abort();
    await expect(running).rejects.toThrow(/\ninterrupted$/);
    expect(fake.has("saved")).toBe(true);
    expect(fake.read("signals")).toBe("caught\n");
  });

  test("does not begin once the interrupt has come", async () => {
    const options = { ...fake.options("touch $here/begun"), signal: AbortSignal.abort() };
    await expect(runner(options, ["apply"])).rejects.toThrow(
      new TerraformError("apply", fake.folder, ["interrupted"]),
    );
    expect(fake.has("begun")).toBe(false);
  });

  test("is in a group of its own, which Ctrl-C on the terminal does not reach", async () => {
    await runner(fake.options("ps -o pgid= -p $$ > $here/group; echo $$ > $here/process"), ["apply"]);
    expect(fake.read("group").trim()).toBe(fake.read("process").trim());
  });

  test("whose failure quotes a credential is told without it", async () => {
    const quoted = `bad key AKIA${"A".repeat(16)} for https://me:hush@host/x`;
    const options = fake.options(`echo '${failed("Refused", quoted)}'; exit 1`);
    const error: unknown = await runner(options, ["apply"]).catch((failure: unknown) => failure);
    expect(error).toHaveProperty("message", expect.stringContaining("bad key (sensitive) for (sensitive)"));
    expect(JSON.stringify(error)).not.toMatch(/AKIA|hush/);
  });
});

const touch = async (name: string): Promise<void> => {
  const { writeFile } = await import("node:fs/promises");
  await writeFile(join(fake.folder, name), "");
};

test("exit codes that are no failure are given back", async () => {
  expect((await run(fake.options("exit 2"), ["plan"], [0, 2])).exitCode).toBe(2);
  await expect(run(fake.options("exit 1"), ["plan"], [0, 2])).rejects.toThrow(TerraformError);
});

test("the journal keeps every line, of standard error too, for its owner alone", async () => {
  const options = fake.options(`echo '${begun("aws_x.one")}'; echo beside >&2; echo '{"cut'`);
  await runWithJournal(options, ["apply"], fake.journal);
  expect(fake.read("apply.jsonl")).toBe(`${begun("aws_x.one")}\nbeside\n{"cut\n`);
  expect(statSync(fake.journal).mode & 0o777).toBe(0o600);
});

test("a listener that fails does not let Terraform go on alone, and is told", async () => {
  const options = {
    ...fake.options(`echo '${begun("aws_x.one")}'; sleep 0.5; touch $here/ended`),
    onMessage: () => {
      throw new Error("cannot be told");
    },
  };
  await expect(runWithJournal(options, ["apply"], fake.journal)).rejects.toThrow("cannot be told");
  expect(fake.has("ended")).toBe(true);
});

test("with a journal, Terraform outlives the death of who started it, and ends its work", async () => {
  const { terraform } = fake.options(`echo '${begun("aws_x.one")}'; touch $here/begun
while [ -d $here ] && [ ! -e $here/orphan ]; do sleep 0.05; done
echo '${begun("aws_x.two")}'; echo '${begun("aws_x.three")}' >&2; touch $here/ended`);
  const parent = start(
    process.execPath,
    [
      "--require",
      "ts-node/register",
      join(__dirname, "support/journal-parent.ts"),
      terraform,
      fake.folder,
      fake.journal,
    ],
    { cwd: repository, stdio: "ignore" },
  );
  await fake.until("begun");
  parent.kill("SIGKILL");
  await once(parent, "exit");
  await touch("orphan");
  await fake.until("ended");
  expect(fake.read("apply.jsonl").trim().split("\n")).toEqual(
    ["one", "two", "three"].map((name) => begun(`aws_x.${name}`)),
  );
});
