import { isAbsolute, join } from "node:path";
import { parseArgs, styleText } from "node:util";
import { models } from "../pipelines";
import { loadEstate } from "./load";
import { ConfigurationError, describeProblem, type Problem } from "./problems";

const usage = `Usage: npm run validate [-- OPTIONS]

Checks a folder of environment files and reports every problem in it.

  --environments DIR   folder to check (default: environments, or $MLOPS_ENVIRONMENTS)
  --json               print {valid, environments, problems} as JSON
  --help               print this

Exit codes: 0 valid, 2 not valid or wrong usage.`;

const flag = { type: "boolean", default: false } as const;

/** @returns the exit code */
export function validateCommand(args: readonly string[]): number {
  const options = readOptions(args);
  if (!options) return 2;
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const folder = options.environments ?? process.env.MLOPS_ENVIRONMENTS ?? join(__dirname, "../environments");
  return report(check(isAbsolute(folder) ? folder : join(process.env.INIT_CWD ?? process.cwd(), folder)), options.json);
}

interface Verdict {
  readonly environments: readonly string[];
  readonly problems: readonly Problem[];
}

function check(directory: string): Verdict {
  try {
    const { environments } = loadEstate(directory, { models: models.map(({ name }) => name) });
    return { environments: environments.map(({ name }) => name), problems: [] };
  } catch (error) {
    if (error instanceof ConfigurationError) return { environments: [], problems: error.problems };
    throw error;
  }
}

function report({ environments, problems }: Verdict, json: boolean): number {
  const valid = problems.length === 0;
  if (json) console.log(JSON.stringify({ valid, environments, problems }, undefined, 2));
  else if (valid) console.log(`${environments.length} environments are valid: ${environments.join(", ")}`);
  else printProblems(problems);
  return valid ? 0 : 2;
}

function printProblems(problems: readonly Problem[]): void {
  const total = `${problems.length} problem${problems.length === 1 ? "" : "s"}`;
  problems.forEach((problem) => {
    console.error(describeProblem(problem));
  });
  console.error(process.stderr.isTTY ? styleText("red", total) : total);
}

function readOptions(args: readonly string[]) {
  try {
    const options = { environments: { type: "string" }, json: flag, help: flag } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    return undefined;
  }
}

if (require.main === module) process.exitCode = validateCommand(process.argv.slice(2));
