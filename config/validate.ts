import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { loadEstate, type Known } from "./load";
import { ConfigurationError, formatProblem, type Problem } from "./problems";

/** Where a command runs and what it prints to. */
export interface Surroundings {
  /** Folder that relative paths start at. */
  readonly directory: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Whether problems may be coloured. */
  readonly colour: boolean;
  /** Prints a line of the result. */
  readonly print: (line: string) => void;
  /** Prints a line for people. */
  readonly complain: (line: string) => void;
}

const usage = `Usage: npm run validate [-- OPTIONS]

Checks a folder of environment files and lists every problem in it.

  --environments DIR  the folder; default: $MLOPS_ENVIRONMENTS, else environments/
  --json              print {valid, environments, problems} as JSON
  --help              print this

Exit codes: 0 valid, 2 not valid or wrong usage.`;

const invalid = 2;

/** Checks environment files. @returns the exit code: 0 valid, 2 not valid or wrong usage */
export function validate(args: readonly string[], known: Known, surroundings: Surroundings): number {
  const options = readOptions(args, surroundings);
  if (!options) return invalid;
  if (options.help === true) {
    surroundings.print(usage);
    return 0;
  }
  const { directory, variables } = surroundings;
  const fallback = variables.MLOPS_ENVIRONMENTS ?? join(__dirname, "../environments");
  const verdict = check(resolve(directory, options.environments ?? fallback), known);
  report(verdict, options.json === true, surroundings);
  return verdict.problems.length === 0 ? 0 : invalid;
}

function readOptions(args: readonly string[], { complain }: Surroundings) {
  const options = {
    environments: { type: "string" },
    json: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    complain(`${(error as Error).message}\n\n${usage}`);
    return undefined;
  }
}

interface Verdict {
  readonly environments: readonly string[];
  readonly problems: readonly Problem[];
}

function check(directory: string, known: Known): Verdict {
  try {
    return { environments: loadEstate(directory, known).environments.map(({ name }) => name), problems: [] };
  } catch (error) {
    if (error instanceof ConfigurationError) return { environments: [], problems: error.problems };
    throw error;
  }
}

function report(
  { environments, problems }: Verdict,
  json: boolean,
  { print, complain, colour }: Surroundings,
): void {
  if (json) {
    print(
      JSON.stringify(
        { valid: problems.length === 0, environments, problems: problems.map(toJson) },
        undefined,
        2,
      ),
    );
  } else if (problems.length === 0) {
    print(`${count(environments.length, "environment")} valid: ${environments.join(", ")}`);
  } else {
    problems.map(formatProblem).forEach((line) => {
      complain(colour ? coloured(line) : line);
    });
    complain(count(problems.length, "problem"));
  }
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;

const toJson = ({ file, line, column, path, message, value }: Problem) => ({
  file,
  line,
  column,
  path,
  message,
  value,
});

/** The place in red, the rule as it is. */
function coloured(line: string): string {
  const [place = "", ...rest] = line.split(" ");
  return [`\u001b[31m${place}\u001b[39m`, ...rest].join(" ");
}
