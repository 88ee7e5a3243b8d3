import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { createProgram } from "../../../cli/program";
import { Kept } from "../cli/support";

export const repository = join(__dirname, "../../..");
export const read = (file: string): string => readFileSync(join(repository, file), "utf8");

/** The program, with actions that do nothing. */
export const program: Command = createProgram(
  { directory: "/", variables: {}, out: new Kept(), err: new Kept() },
  () => () => Promise.resolve(),
);

/** Commands that do something, groups of them left out. */
export function leaves(command: Command = program): Command[] {
  const inner = command
    .createHelp()
    .visibleCommands(command)
    .filter((one) => one.name() !== "help");
  return inner.length > 0 ? inner.flatMap(leaves) : [command];
}

/** `pipelines start`. */
export const pathOf = (command: Command): string =>
  command.parent?.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
