import { chmodSync } from "node:fs";
import type { PlanJson } from "./plan-json";
import { run, runWithJournal, spawn, TerraformError, type TerraformOptions } from "./process";
import { changesPending, outcomeOf, waitForLock, type Outcome } from "./terraform";

export interface SavedPlanOptions {
  /** Where the plan is written; readable by its owner only, since it holds the state's values in plain text. */
  readonly file: string;
  /** Compare only the state with what stands, not the code. @default false */
  readonly refreshOnly?: boolean;
}

/**
 * Plans into a file, without taking the state's lock: a plan writes nothing, and is refused at its apply when the state
 * has moved on since. So it needs no right to write, and holds up nobody's apply.
 * @returns whether changes are pending
 * @throws TerraformError
 */
export async function savePlan(
  options: TerraformOptions,
  { file, refreshOnly = false }: SavedPlanOptions,
): Promise<boolean> {
  const { exitCode } = await run(
    options,
    [
      "plan",
      "-json",
      "-input=false",
      "-lock=false",
      "-detailed-exitcode",
      ...(refreshOnly ? ["-refresh-only"] : []),
      `-out=${file}`,
    ],
    [0, changesPending],
  );
  chmodSync(file, 0o600);
  return exitCode === changesPending;
}

/** A saved plan as data. It starts a provider, for the schema says which values are sensitive. @throws TerraformError */
export async function showPlan(options: TerraformOptions, file: string): Promise<PlanJson> {
  const { stdout, stderr, exitCode } = await spawn(options, ["show", "-json", file]);
  if (exitCode !== 0) throw new TerraformError("show", options.directory, stderr);
  return JSON.parse(stdout.join("\n")) as PlanJson;
}

export interface ApplyOptions {
  /** The saved plan. */
  readonly file: string;
  /** Gets every message. */
  readonly journal: string;
}

/** Applies a saved plan, and nothing else. @throws TerraformError */
export async function applyPlan(
  options: TerraformOptions,
  { file, journal }: ApplyOptions,
): Promise<Outcome> {
  const { messages } = await runWithJournal(
    options,
    ["apply", "-json", "-input=false", waitForLock, file],
    journal,
  );
  return outcomeOf(messages);
}

/** Releases a lock that its holder can no longer release. @throws TerraformError where another holds it now */
export async function forceUnlock(options: TerraformOptions, lockId: string): Promise<void> {
  await run(options, ["force-unlock", "-force", lockId]);
}
