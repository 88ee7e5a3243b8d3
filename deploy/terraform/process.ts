import { closeSync, openSync } from "node:fs";
import { createInterface } from "node:readline";
import { execa } from "execa";
import { secretIn } from "../../config/secrets";
import { variable } from "../../tools/variable";
import { followLines } from "./follow-lines";
import { describeDiagnostic, parseMessage, type Message } from "./messages";

/** What running Terraform takes; see `tools/toolchain`. */
export interface TerraformTool {
  /** Path of the binary. */
  readonly terraform: string;
  /** Variables on top of this process's own, such as `TF_CLI_CONFIG_FILE`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Lock file with the hashes of the one provider that may run. */
  readonly lockFile: string;
}

export interface TerraformOptions extends TerraformTool {
  /** The stack's synthesised folder. */
  readonly directory: string;
  /** Gets each message as it comes. @default nobody */
  readonly onMessage?: (message: Message) => void;
  /** Ends the run: Terraform is interrupted, saves its state and releases its lock. */
  readonly signal?: AbortSignal | undefined;
}

/** What one run said. */
export interface TerraformResult {
  readonly messages: readonly Message[];
  readonly exitCode: number;
}

/** Terraform hides what is marked as sensitive; providers and AWS quote what they were given. */
function withoutCredentials(text: string): string {
  const hidden = text.replaceAll(/\S+/g, (word) => (secretIn(word) === undefined ? word : "(sensitive)"));
  return hidden.replaceAll(
    /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*-----|$)/g,
    "(sensitive)",
  );
}

/** Terraform failed; the message carries its own diagnostics. */
export class TerraformError extends Error {
  constructor(command: string, directory: string, reasons: readonly string[]) {
    super(withoutCredentials(`terraform ${command} failed in ${directory}\n${reasons.join("\n")}`));
    this.name = "TerraformError";
  }
}

/** Time Terraform gets to save its state after an interrupt, before it is killed. */
const graceMilliseconds = 60_000;

/** Fewer collections of garbage: a plan takes 25 to 30 % less CPU, for 150 MB more (measured with provider 5.100). */
const collectLess = { GOGC: variable("GOGC") ?? "400" };

const settings = ({ environment, directory, signal }: TerraformOptions) =>
  ({
    cwd: directory,
    env: { ...collectLess, ...environment, TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" },
    stdin: "ignore",
    reject: false,
    ...(signal && { cancelSignal: signal }),
    // In a group of its own, or Ctrl-C would reach Terraform twice, and a second interrupt makes it drop its state.
    detached: true,
    killSignal: "SIGINT",
    forceKillAfterDelay: graceMilliseconds,
  }) as const;

/** Starts Terraform in a stack's folder. @throws TerraformError where the run has been ended before */
export const spawn = (options: TerraformOptions, args: readonly string[]) => {
  refuseIfEnded(options, args);
  return execa(options.terraform, args, { ...settings(options), lines: true });
};

/** A process would be begun all the same, and interrupted a moment later. */
function refuseIfEnded({ signal, directory }: TerraformOptions, [command = ""]: readonly string[]): void {
  if (signal?.aborted) throw new TerraformError(command, directory, ["interrupted"]);
}

/**
 * Runs Terraform and reads its messages.
 * @param accepted exit codes that are no failure
 * @throws TerraformError
 */
export async function run(
  options: TerraformOptions,
  args: readonly string[],
  accepted: readonly number[] = [0],
): Promise<TerraformResult> {
  const listener = new Listener(options);
  const child = spawn(options, args);
  createInterface(child.stdout).on("line", listener.hear);
  const { exitCode, isCanceled, shortMessage, stderr } = await child;
  return listener.conclude(args, accepted, { exitCode, isCanceled, shortMessage, rest: stderr });
}

/**
 * Runs Terraform with its output in a file, which is read as it grows: Terraform outlives the death of this process,
 * whereas the end of a pipe would kill it before it has saved its state.
 * @param journal the file; it keeps every message
 * @throws TerraformError
 */
export async function runWithJournal(
  options: TerraformOptions,
  args: readonly string[],
  journal: string,
): Promise<TerraformResult> {
  refuseIfEnded(options, args);
  const listener = new Listener(options);
  // Any descriptor will do; execa's types know those up to 9.
  const file = openSync(journal, "w", 0o600) as 9;
  const others: string[] = [];
  try {
    const child = execa(options.terraform, args, { ...settings(options), stdout: file, stderr: file });
    const following = followLines(journal, child, (line) => {
      if (!listener.hear(line)) others.push(line);
    });
    following.catch(() => undefined); // it is awaited below, once Terraform has ended
    const { exitCode, isCanceled, shortMessage } = await child;
    await following;
    return listener.conclude(args, [0], { exitCode, isCanceled, shortMessage, rest: others });
  } finally {
    closeSync(file);
  }
}

interface Ending {
  readonly exitCode: number | undefined;
  readonly isCanceled: boolean;
  /** Output that is no message. */
  readonly rest: readonly string[];
  readonly shortMessage: string | undefined;
}

/** Gathers one run's messages. */
class Listener {
  private readonly messages: Message[] = [];

  constructor(private readonly options: TerraformOptions) {}

  /** @returns whether the line was a message */
  readonly hear = (line: string): boolean => {
    const message = parseMessage(line);
    if (message) {
      this.messages.push(message);
      this.options.onMessage?.(message);
    }
    return line.startsWith("{");
  };

  conclude(args: readonly string[], accepted: readonly number[], ending: Ending): TerraformResult {
    const { exitCode, isCanceled, rest, shortMessage } = ending;
    const { messages } = this;
    if (exitCode !== undefined && accepted.includes(exitCode)) return { messages, exitCode };
    const reasons = isCanceled ? ["interrupted"] : errorsIn(messages);
    const said = rest.filter((line) => line.trim() !== "");
    throw new TerraformError(
      args[0] ?? "",
      this.options.directory,
      reasons.length > 0 ? reasons : [...said, shortMessage ?? ""],
    );
  }
}

const errorsIn = (messages: readonly Message[]): string[] =>
  messages.flatMap((message) =>
    message.type === "diagnostic" && message.diagnostic.severity === "error"
      ? [describeDiagnostic(message.diagnostic)]
      : [],
  );
