import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ChangeSummary, Message, PlannedChange } from "./messages";
import type { PlanJson } from "./plan-json";
import { providersNotIn } from "./provider-lock";
import { run, runWithJournal, spawn, TerraformError, type TerraformOptions } from "./process";
import { takingLock } from "./state-lock";

export { TerraformError, type TerraformOptions, type TerraformTool } from "./process";

/** Exit code of `plan -detailed-exitcode` when changes are pending. */
const changesPending = 2;

/**
 * Takes the provider whose hashes are committed, and no other build of it: `init` runs none, but writes down the hash of what it
 * found, which is compared before anything does. (With a lock file to begin with, Terraform would compute it twice.)
 * @throws TerraformError
 */
export async function init(options: TerraformOptions): Promise<void> {
  rmSync(join(options.directory, ".terraform.lock.hcl"), { force: true });
  await run(options, ["init", "-json", "-input=false"]);
  const foreign = providersNotIn(options.directory, options.lockFile);
  if (foreign.length > 0) throw new TerraformError("init", options.directory, foreign);
}

/** Copies the state to the local backend that an override file names. */
export async function migrateToLocalState(options: TerraformOptions): Promise<void> {
  await run(options, ["init", "-input=false", "-no-color", "-migrate-state", "-force-copy"]);
}

export async function validate(options: TerraformOptions): Promise<void> {
  await run(options, ["validate", "-no-color"]);
}

export interface SavedPlanOptions {
  /** Where the plan is written; readable by its owner only, since it holds the state's values in plain text. */
  readonly file: string;
  /** Compare only the state with AWS, not the code. @default false */
  readonly refreshOnly?: boolean;
}

/**
 * Plans into a file, without taking the state's lock: a plan writes nothing, and is refused at its apply when the state
 * has moved on since. So it needs no right to write, and holds up nobody's apply.
 * @returns whether changes are pending, and which; those of outputs have no resource
 * @throws TerraformError
 */
export async function savePlan(
  options: TerraformOptions,
  { file, refreshOnly = false }: SavedPlanOptions,
): Promise<{ readonly pending: boolean; readonly changes: readonly PlannedChange[] }> {
  const { exitCode, messages } = await run(
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
  const changes = messages.flatMap((message) => (message.type === "planned_change" ? [message.change] : []));
  return { pending: exitCode === changesPending, changes };
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

/** Applies a saved plan, and nothing else. @returns how many resources it changed @throws TerraformError */
export async function applyPlan(
  options: TerraformOptions,
  { file, journal }: ApplyOptions,
): Promise<ChangeSummary | undefined> {
  const { messages } = await takingLock((waiting) =>
    runWithJournal(options, ["apply", "-json", "-input=false", waiting, file], journal),
  );
  return summaryIn(messages);
}

export async function destroy(options: TerraformOptions): Promise<void> {
  await takingLock((waiting) => run(options, ["destroy", "-json", "-input=false", "-auto-approve", waiting]));
}

/** Releases a lock that its holder can no longer release. @throws TerraformError where another holds it now */
export async function forceUnlock(options: TerraformOptions, lockId: string): Promise<void> {
  await run(options, ["force-unlock", "-force", lockId]);
}

/** The last one: an apply repeats its plan's before its own. */
const summaryIn = (messages: readonly Message[]): ChangeSummary | undefined =>
  messages.flatMap((message) => (message.type === "change_summary" ? [message.changes] : [])).at(-1);
