import type { Argument, Command, Option } from "commander";
import { readWords } from "./words";

/** Something a word may be completed to. */
export interface Candidate {
  readonly value: string;
  readonly description?: string;
}

/** What a word may be. @param name of the argument or the option's value, as help has it @param before the arguments before it */
export type Values = (
  name: string,
  before: readonly string[],
  options: ReadonlyMap<string, string>,
) => readonly string[];

/** What the last of the words may become, from the program's own commands and options, and from values. */
export function complete(program: Command, given: readonly string[], values: Values): Candidate[] {
  const { before, current, prefix } = readWords(given);
  return candidates(stateAfter(program, before), current, values)
    .filter(({ value }) => value.startsWith(current))
    .map((candidate) => ({ ...candidate, value: prefix + candidate.value }));
}

/** What has been said before the word under the cursor. */
interface State {
  readonly command: Command;
  readonly args: readonly string[];
  readonly options: ReadonlyMap<string, string>;
  /** An option that still wants its value. */
  readonly open: Option | undefined;
}

function stateAfter(program: Command, words: readonly string[]): State {
  let command = program;
  const args: string[] = [];
  const options = new Map<string, string>();
  let open: Option | undefined;
  for (const word of words) {
    if (open) {
      options.set(open.attributeName(), word);
      open = undefined;
    } else if (word.startsWith("-"))
      open = optionsOf(command).find(({ long, short, required }) => required && [long, short].includes(word));
    else {
      const next = args.length === 0 ? command.commands.find((one) => one.name() === word) : undefined;
      if (next) command = next;
      else args.push(word);
    }
  }
  return { command, args, options, open };
}

function candidates(state: State, current: string, values: Values): Candidate[] {
  const { command, args, options, open } = state;
  const valuesOf = (name: string) => values(name, args, options).map((value) => ({ value }));
  if (open) return open.argChoices?.map((value) => ({ value })) ?? valuesOf(valueName(open));
  if (current.startsWith("-")) return optionsOf(command).map(optionCandidate);
  const commands = command.createHelp().visibleCommands(command);
  if (commands.length > 0 && args.length > 0) return [];
  if (commands.length > 0) return commands.map((one) => ({ value: one.name(), description: one.summary() }));
  const argument = argumentAt(command, args.length);
  return argument ? (argument.argChoices?.map((value) => ({ value })) ?? valuesOf(argument.name())) : [];
}

const argumentAt = ({ registeredArguments }: Command, index: number): Argument | undefined => {
  const last = registeredArguments.at(-1);
  return registeredArguments[index] ?? (last?.variadic ? last : undefined);
};

/** A command's own options and those of the commands above it. */
const optionsOf = (command: Command): readonly Option[] => [
  ...command.options,
  ...(command.parent ? optionsOf(command.parent) : []),
];

const optionCandidate = ({ long, short, description }: Option): Candidate => ({
  value: long ?? short ?? "",
  description,
});

/** `env` of `--upload <env>`. */
const valueName = ({ flags }: Option): string => /[<[]([^>\]]+)[>\]]/.exec(flags)?.[1] ?? "";
