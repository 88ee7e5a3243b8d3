import type { Command } from "commander";
import type { Context } from "./context";

/** What a command has to say. */
export interface Answer {
  /** For `--json`. */
  readonly json: unknown;
  /** For people; may be empty. */
  readonly text: string;
  /** Exit code. @default 0 */
  readonly code?: number;
}

/** A command's action: gets its arguments in order, then its own options. */
export type CommandAction<Args extends readonly unknown[]> = (
  context: Context,
  ...args: Args
) => Promise<Answer>;

/** Makes an action of commander's: prints the answer and keeps the exit code. */
export type Act = <Args extends readonly unknown[]>(
  run: CommandAction<Args>,
) => (...given: readonly unknown[]) => Promise<void>;

/** Adds a command, or a group of them, to a parent. */
export type AddCommand = (parent: Command, act: Act) => void;

export interface Description {
  /** One line, without a full stop. */
  readonly summary: string;
  /** What else to know. */
  readonly details?: string;
  /** Lines to try. */
  readonly examples: readonly string[];
}

/** A command with its help. */
export function documented(
  parent: Command,
  name: string,
  { summary, details, examples }: Description,
): Command {
  const shown = examples.map((example) => `  $ mlops ${example}`).join("\n");
  return parent
    .command(name)
    .summary(summary)
    .description(details ? `${summary}.\n\n${details}` : summary)
    .addHelpText("after", `\nExamples:\n${shown}`);
}

/** A group of commands that does nothing by itself. */
export const group = (parent: Command, name: string, summary: string): Command =>
  parent.command(name).summary(summary).description(summary);
