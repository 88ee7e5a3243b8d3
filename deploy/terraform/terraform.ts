import type { ChangeSummary, Message, PlannedChange } from "./messages";
import { run, spawn, TerraformError, type TerraformOptions } from "./process";

export { TerraformError, type TerraformOptions, type TerraformTool } from "./process";

export interface Outcome {
  readonly changes: readonly PlannedChange[];
  readonly summary: ChangeSummary | undefined;
}

/** Exit code of `plan -detailed-exitcode` when changes are pending. */
export const changesPending = 2;

export const waitForLock = "-lock-timeout=60s";

export async function init(options: TerraformOptions): Promise<void> {
  await run(options, ["init", "-json", "-input=false"]);
}

/** Copies the state to the local backend that an override file names. */
export async function migrateToLocalState(options: TerraformOptions): Promise<void> {
  await run(options, ["init", "-input=false", "-no-color", "-migrate-state", "-force-copy"]);
}

export async function validate(options: TerraformOptions): Promise<void> {
  await run(options, ["validate", "-no-color"]);
}

/** Compares configuration, state and account; writes nothing. */
export async function plan(options: TerraformOptions): Promise<Outcome> {
  const { messages } = await run(
    options,
    ["plan", "-json", "-input=false", "-detailed-exitcode", waitForLock],
    [0, changesPending],
  );
  return outcomeOf(messages);
}

export async function apply(options: TerraformOptions): Promise<Outcome> {
  const { messages } = await run(options, ["apply", "-json", "-input=false", "-auto-approve", waitForLock]);
  return outcomeOf(messages);
}

export async function destroy(options: TerraformOptions): Promise<Outcome> {
  const { messages } = await run(options, ["destroy", "-json", "-input=false", "-auto-approve", waitForLock]);
  return outcomeOf(messages);
}

/** The stack's state as JSON, read without starting a provider. */
export async function pullState(options: TerraformOptions): Promise<string> {
  const { stdout, exitCode, stderr } = await spawn(options, ["state", "pull"]);
  if (exitCode !== 0) throw new TerraformError("state pull", options.directory, stderr);
  return stdout.join("\n");
}

/** What the messages of one run come to. */
export function outcomeOf(messages: readonly Message[]): Outcome {
  const changes = messages.flatMap((message) => (message.type === "planned_change" ? [message.change] : []));
  const summaries = messages.flatMap((message) =>
    message.type === "change_summary" ? [message.changes] : [],
  );
  return { changes, summary: summaries.at(-1) };
}
