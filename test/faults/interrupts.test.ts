import { existsSync } from "node:fs";
import { join } from "node:path";
import { until } from "../support/until";
import { mlops, type RunningCommand } from "../support/mlops";
import type { WireRequest } from "../support/wire/request";
import { Deployment } from "./support/deployment";
import { wholeStack, SmallStacks } from "./support/small-stacks";

const interrupted = 130;

/** As Ctrl-C does; a process group is what a terminal sends it to. */
function interrupt({ pid = 0 }: RunningCommand, to: "process" | "group"): void {
  process.kill(to === "group" ? -pid : pid, "SIGINT");
}

/** Waits until a command says something. */
function untilSaid(command: RunningCommand, text: string): Promise<true> {
  let said = "";
  command.all.on("data", (data: Buffer) => (said += data.toString()));
  return until(`mlops says ${text}`, () => said.includes(text) || undefined);
}

let small: SmallStacks;

beforeAll(async () => {
  small = await SmallStacks.start(["stopped", "halted", "ceased"]);
});
afterAll(() => small.stop());

const planning = (folder: string, env: Readonly<Record<string, string>> = {}) =>
  mlops(["plan", "stopped", "--out", folder], { environments: small.environments, env });

/** Plans as far as the synthesis, and no further. */
async function startSynthesis(folder: string): Promise<{ readonly synthesising: RunningCommand }> {
  const mark = join(small.folder, "synthesising");
  const command = planning(folder, {
    NODE_OPTIONS: `--require ${join(__dirname, "support/hold-synthesis.js")}`,
    MLOPS_TEST_SYNTHESISING: mark,
  });
  await until("the stacks are synthesised", () => existsSync(mark) || undefined);
  return { synthesising: command };
}

test.concurrent("Ctrl-C while plan synthesises, initialises or plans: 130, nothing to apply", async () => {
  const folder = join(small.folder, "interrupted-plan");
  const { synthesising } = await startSynthesis(folder);
  interrupt(synthesising, "group");
  const { exitCode, all } = await synthesising;
  expect({ exitCode, all }).toEqual({
    exitCode: interrupted,
    all: expect.stringMatching(/^Interrupted/) as string,
  });
  const byProvider = ({ userAgent }: WireRequest) => userAgent.includes("terraform-provider-aws");
  const computing = small.wire.hold({ session: "stopped", where: byProvider });
  const initialising = small.wire.hold({ session: "stopped" });
  for (const [hold, to] of [
    [initialising, "process"],
    [computing, "group"],
  ] as const) {
    const command = planning(folder);
    await hold.reachedDuring(command);
    interrupt(command, to);
    const { exitCode, all } = await command;
    expect({ exitCode, all }).toMatchObject({ exitCode: interrupted });
    expect(all).toContain("Interrupted: nothing is saved that could be applied");
    hold.release();
  }
  const apply = await mlops(["apply", "--from", folder], { environments: small.environments });
  expect(apply).toMatchObject({ exitCode: 2 });
  expect(apply.stderr).toContain("holds no plan that can be applied");
  expect(await (await small.stateOf("stopped")).lock()).toBeUndefined();
});

test.concurrent.each([
  ["the process", "halted", "process"],
  ["the process group", "ceased", "group"],
] as const)(
  "Ctrl-C to %s during apply: 130, what was begun is in the state, no lock is left",
  async (...given) => {
    const [, stack, to] = given;
    const { wire, environments } = small;
    const deployment = new Deployment(small, [stack]);
    await deployment.plan();
    const hold = wire.hold({ session: stack, action: "CreateInstanceProfile" });
    const command = mlops(["apply", "--from", deployment.folder.path], { environments });
    await hold.reachedDuring(command);
    interrupt(command, to);
    await untilSaid(command, "Interrupted: waiting for Terraform to save what it has begun");
    await hold.untilAbandoned();
    hold.release();
    const { exitCode, stdout } = await command;
    expect(exitCode).toBe(interrupted);
    expect(stdout).toMatch(new RegExp(`^${stack} +interrupted`, "m"));
    const state = await small.stateOf(stack);
    expect(await state.lock()).toBeUndefined();
    expect(await small.typesInState(stack)).toEqual(["aws_iam_role"]);
    if (stack === "ceased") return; // the other shows already that the next run does the rest
    expect(await new Deployment(small, [stack]).deploy()).toEqual({ [stack]: "applied" });
    expect(await small.typesInState(stack)).toEqual(wholeStack);
  },
);
