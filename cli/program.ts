import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { printableLines } from "../deploy/plans/render/printable";
import type { Act, AddCommand, Answer, CommandAction } from "./command";
import { addAccess } from "./commands/access";
import { addApply } from "./commands/apply";
import { addBootstrap } from "./commands/bootstrap";
import { addCompletion } from "./commands/completion";
import { addDataCommands } from "./commands/data";
import { addDeadLettersCommands } from "./commands/dead-letters";
import { addDestroy } from "./commands/destroy";
import { addDoctor } from "./commands/doctor";
import { addDrift } from "./commands/drift";
import { addEndpointsCommands } from "./commands/endpoints";
import { addGraph } from "./commands/graph";
import { addInit } from "./commands/init";
import { addEnvironments } from "./commands/environments";
import { addList } from "./commands/list";
import { addLocalCommands } from "./commands/local";
import { addModelsCommands } from "./commands/models";
import { addNewCommands } from "./commands/new";
import { addPipelinesCommands } from "./commands/pipelines";
import { addPlan } from "./commands/plan";
import { addProjectsCommands } from "./commands/projects";
import { addUnlock } from "./commands/unlock";
import { addValidate } from "./commands/validate";
import { addWorkflowsCommands } from "./commands/workflows";
import { Context, type GlobalOptions, type Surroundings } from "./context";
import { describeError, errorAsJson, exitCodeOf, exitCodes } from "./errors";

/** Every command and group of commands: a new one is a file in `commands/` and a line here. */
const commands: readonly AddCommand[] = [
  addInit,
  addNewCommands,
  addDoctor,
  addValidate,
  addList,
  addEnvironments,
  addGraph,
  addAccess,
  addBootstrap,
  addPlan,
  addApply,
  addDrift,
  addUnlock,
  addDestroy,
  addPipelinesCommands,
  addModelsCommands,
  addEndpointsCommands,
  addWorkflowsCommands,
  addProjectsCommands,
  addDataCommands,
  addDeadLettersCommands,
  addLocalCommands,
  addCompletion,
];

const help = `
Without --local, AWS is what the SDK's own settings say: AWS_PROFILE, AWS_ENDPOINT_URL and the like.
Exit codes: 0 nothing to do or done, 1 failed, 2 bad configuration or usage, 3 changes are pending (plan, drift, access,
pipelines diff), 130 interrupted.`;

/** Runs the program. @returns its exit code; whatever goes wrong has been printed */
export async function runProgram(args: readonly string[], surroundings: Surroundings): Promise<number> {
  let code: number = exitCodes.done;
  let context = new Context(surroundings, {});
  const act: Act = <Args extends readonly unknown[]>(run: CommandAction<Args>) =>
    async function (this: Command, ...given: readonly unknown[]) {
      context = new Context(surroundings, this.optsWithGlobals<GlobalOptions>());
      const answer = await run(context, ...(given.slice(0, -1) as unknown as Args));
      print(context, answer);
      code = answer.code ?? exitCodes.done;
    };
  try {
    await createProgram(surroundings, act).parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    complain(context, error);
    return exitCodeOf(error);
  }
}

/** The program with all its commands. */
export function createProgram({ out, err }: Surroundings, act: Act): Command {
  const program = new Command("mlops")
    .description("Plans, applies, runs and inspects the estate that the environment files describe.")
    .version(version())
    .option("--json", "print the result as JSON on standard output; progress goes to standard error")
    .option("--local", "use the local AWS that npm start -- --keep left up")
    .option(
      "--environments <dir>",
      "folder of environment files (default: $MLOPS_ENVIRONMENTS, else environments/, else the shipped example)",
    )
    .option(
      "--role <name>",
      "role to assume in each account (default: $MLOPS_ROLE, else adminRole of shared.json; for stacks, the role of each)",
    )
    .addHelpText("after", help)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: (text) => out.write(text), writeErr: (text) => err.write(text) })
    .exitOverride();
  for (const add of commands) add(program, act);
  return program;
}

function version(): string {
  const { version } = JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8")) as {
    version: string;
  };
  return version;
}

function print({ out, json }: Context, answer: Answer): void {
  if (json) out.print(jsonText(answer.json));
  else if (answer.text !== "") out.print(answer.text);
}

function complain({ out, err, json }: Context, error: unknown): void {
  if (json) out.print(jsonText(errorAsJson(error)));
  err.print(err.paint("red", printableLines(describeError(error)).join("\n")));
}

/** JSON in which nothing acts on a terminal: what it leaves as it is of such characters is escaped as well. */
const jsonText = (value: unknown): string =>
  JSON.stringify(value, undefined, 2).replace(/[\u007f-\u009f\u2028\u2029\p{Cf}]/gu, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
