import { readFileSync } from "node:fs";
import { untilChild } from "../../support/processes";
import { until } from "../../support/until";
import { mlops, type RunningCommand } from "./command";
import { Deployment } from "./deployment";
import { wholeStack, type FaultPlace } from "./place";

export const interruptedStacks = ["stopped", "halted", "ceased"];

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

/** Tests of Ctrl-C. */
export function survivesInterrupts(place: () => FaultPlace): void {
  const planning = (stack: string, folder: string) =>
    mlops(["plan", stack, "--out", folder], { environments: place().environments });

  test.concurrent("Ctrl-C while plan synthesises, initialises or plans: 130, nothing to apply", async () => {
    const folder = `${place().folder}/interrupted-plan`;
    const synthesising = planning("stopped", folder);
    await untilChild(synthesising.pid ?? 0, "main.ts");
    interrupt(synthesising, "group");
    const { exitCode, all } = await synthesising;
    expect({ exitCode, all }).toEqual({
      exitCode: interrupted,
      all: expect.stringMatching(/^Interrupted/) as string,
    });
    for (const [phase, to] of [
      ["initialising", "process"],
      ["planning", "group"],
    ] as const) {
      const command = planning("stopped", folder);
      await untilSaid(command, `stopped: ${phase}`);
      interrupt(command, to);
      const { exitCode, all } = await command;
      expect({ phase, exitCode, all }).toMatchObject({ exitCode: interrupted });
      expect(all).toContain("Interrupted: nothing is saved that could be applied");
    }
    const apply = await mlops(["apply", "--from", folder], { environments: place().environments });
    expect(apply).toMatchObject({ exitCode: 2 });
    expect(apply.stderr).toContain("holds no plan that can be applied");
    expect(await (await place().stateOf("stopped")).lock()).toBeUndefined();
  });

  test.concurrent.each([
    ["the process", "halted", "process"],
    ["the process group", "ceased", "group"],
  ] as const)(
    "Ctrl-C to %s during apply: 130, what was begun is in the state, no lock is left",
    async (...given) => {
      const [, stack, to] = given;
      const { wire, environments } = place();
      const deployment = new Deployment(place(), [stack]);
      await deployment.plan();
      const hold = wire.hold({ session: stack, action: "CreateInstanceProfile" });
      const command = mlops(["apply", "--from", deployment.folder.path], { environments });
      await hold.reachedDuring(command);
      interrupt(command, to);
      await untilSaid(command, "Interrupted: waiting for Terraform to save what it has begun");
      const journal = deployment.folder.file(stack, "apply.jsonl");
      await until(
        "Terraform knows",
        () => readFileSync(journal, "utf8").includes("Interrupt received") || undefined,
      );
      hold.release();
      const { exitCode, stdout } = await command;
      expect(exitCode).toBe(interrupted);
      expect(stdout).toMatch(new RegExp(`^${stack} +interrupted`, "m"));
      const state = await place().stateOf(stack);
      expect(await state.lock()).toBeUndefined();
      expect(await place().standingIn(stack)).toEqual(["aws_iam_role"]);
      if (stack === "ceased") return; // the other shows already that the next run does the rest
      expect(await new Deployment(place(), [stack]).deploy()).toEqual({ [stack]: "applied" });
      expect(await place().standingIn(stack)).toEqual(wholeStack);
    },
  );
}
