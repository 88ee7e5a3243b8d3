import type { RunningCommand } from "../../support/mlops";
import { untilEnded, untilRunning } from "../../support/processes";
import type { Wanted, WireProxy } from "../../support/wire/proxy";

interface Phase {
  /** What is asked of AWS in it. */
  readonly asks: Wanted;
  /** Whether Terraform asks it, and what becomes of that. */
  readonly terraform?: "goes on" | "dies too";
}

/** Phases of a release that can be told apart from outside, in their order. */
export const phasesOf = (stack: string): Readonly<Record<string, Phase>> => ({
  plans: { asks: { session: stack, action: "DescribeEndpointConfig" }, terraform: "goes on" },
  applies: { asks: { session: stack, action: "UpdateEndpoint" }, terraform: "dies too" },
  "looks at what serves": {
    asks: { action: "DescribeEndpoint", where: ({ userAgent }) => userAgent.includes("aws-sdk-js") },
  },
  tests: { asks: { action: /^POST \/endpoints\/[\w-]+\/invocations$/ } },
  records: { asks: { action: "PutParameter" } },
});

/** Ends a release by `kill -9` once it asks that, which AWS gets from nobody but a Terraform that goes on. */
export async function killedIn(
  wire: WireProxy,
  { asks, terraform }: Phase,
  release: () => RunningCommand,
): Promise<void> {
  const hold = wire.hold(asks);
  const command = release();
  await hold.reachedDuring(command);
  const working = terraform && (await untilRunning(`sessions/${command.pid ?? "?"}-`));
  process.kill(command.pid ?? 0, "SIGKILL");
  await command;
  if (working !== undefined && terraform === "dies too") process.kill(-working, "SIGKILL");
  if (terraform !== "goes on") await hold.untilAbandoned();
  hold.release();
  if (working !== undefined) await untilEnded(working);
}
