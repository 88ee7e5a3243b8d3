import { createInterface } from "node:readline";
import { execa } from "execa";
import {
  describeDiagnostic,
  parseMessage,
  type ChangeSummary,
  type Message,
  type PlannedChange,
} from "./messages";

/** What running Terraform takes; see `deploy/toolchain`. */
export interface TerraformTool {
  /** Path of the binary. */
  readonly terraform: string;
  /** Variables on top of this process's own, such as `TF_CLI_CONFIG_FILE`. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface TerraformOptions extends TerraformTool {
  /** The stack's synthesised folder. */
  readonly directory: string;
  /** Gets each message as it comes. @default nobody */
  readonly onMessage?: (message: Message) => void;
  /** Ends the run: Terraform is interrupted, saves its state and releases its lock. */
  readonly signal?: AbortSignal | undefined;
}

export interface Outcome {
  readonly changes: readonly PlannedChange[];
  readonly summary: ChangeSummary | undefined;
}

/** Terraform failed; the message carries its own diagnostics. */
export class TerraformError extends Error {
  constructor(command: string, directory: string, reasons: readonly string[]) {
    super(`terraform ${command} failed in ${directory}\n${reasons.join("\n")}`);
    this.name = "TerraformError";
  }
}

/** Time Terraform gets to save its state after an interrupt, before it is killed. */
const graceMilliseconds = 60_000;

/** Exit code of `plan -detailed-exitcode` when changes are pending. */
const changesPending = 2;

const waitForLock = "-lock-timeout=60s";

export async function init(options: TerraformOptions): Promise<void> {
  await run(options, ["init", "-input=false", "-no-color"]);
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
  return run(
    options,
    ["plan", "-json", "-input=false", "-detailed-exitcode", waitForLock],
    [0, changesPending],
  );
}

export async function apply(options: TerraformOptions): Promise<Outcome> {
  return run(options, ["apply", "-json", "-input=false", "-auto-approve", waitForLock]);
}

export async function destroy(options: TerraformOptions): Promise<Outcome> {
  return run(options, ["destroy", "-json", "-input=false", "-auto-approve", waitForLock]);
}

/** The stack's state as JSON, read without starting a provider. */
export async function pullState(options: TerraformOptions): Promise<string> {
  const { stdout, exitCode, stderr } = await spawn(options, ["state", "pull"]);
  if (exitCode !== 0) throw new TerraformError("state pull", options.directory, stderr);
  return stdout.join("\n");
}

function spawn({ terraform, environment, directory, signal }: TerraformOptions, args: readonly string[]) {
  return execa(terraform, args, {
    cwd: directory,
    env: { ...environment, TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" },
    stdin: "ignore",
    lines: true,
    reject: false,
    ...(signal && { cancelSignal: signal }),
    // In a group of its own, or Ctrl-C would reach Terraform twice, and a second interrupt makes it drop its state.
    detached: true,
    killSignal: "SIGINT",
    forceKillAfterDelay: graceMilliseconds,
  });
}

async function run(
  options: TerraformOptions,
  args: readonly string[],
  accepted: readonly number[] = [0],
): Promise<Outcome> {
  const messages: Message[] = [];
  const child = spawn(options, args);
  createInterface(child.stdout).on("line", (line) => {
    const message = parseMessage(line);
    if (!message) return;
    messages.push(message);
    options.onMessage?.(message);
  });
  const { exitCode, isCanceled, stderr, shortMessage } = await child;
  if (exitCode !== undefined && accepted.includes(exitCode)) return outcomeOf(messages);
  const reasons = isCanceled ? ["interrupted"] : errorsIn(messages);
  throw new TerraformError(
    args[0] ?? "",
    options.directory,
    reasons.length > 0 ? reasons : [...stderr, shortMessage ?? ""],
  );
}

const errorsIn = (messages: readonly Message[]): string[] =>
  messages.flatMap((message) =>
    message.type === "diagnostic" && message.diagnostic.severity === "error"
      ? [describeDiagnostic(message.diagnostic)]
      : [],
  );

function outcomeOf(messages: readonly Message[]): Outcome {
  const changes = messages.flatMap((message) => (message.type === "planned_change" ? [message.change] : []));
  const summaries = messages.flatMap((message) =>
    message.type === "change_summary" ? [message.changes] : [],
  );
  return { changes, summary: summaries.at(-1) };
}
