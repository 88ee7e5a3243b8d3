import { setMaxListeners } from "node:events";
import { join } from "node:path";
import { models } from "../pipelines";
import { readEstate } from "../stacks/known";
import { ConfigurationError } from "../config/problems";
import type { Estate } from "../config/schema";
import { exitWith } from "../tools/exit";
import { listenForInterrupt } from "../tools/interrupt";
import { cache, environmentsDirectory } from "../tools/paths";
import { parseStartOptions, usage, type StartOptions } from "./options";
import type { EstateFiles } from "./more-settings";
import { writeReport } from "./report";
import { describeResult, reportDirectory } from "./result";
import { runEstate } from "./run-estate";
import { NoProjectsError, withProjects } from "./with-projects";
import { NoPythonSampleError, withPython } from "./with-python";
import { NoWorkflowError, withWorkflow } from "./with-workflow";

/** @returns the exit code */
async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (!options) return 2;
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const estate = estateOrProblems(options);
  return estate ? start(estate, options) : 2;
}

function readOptions(args: readonly string[]): StartOptions | undefined {
  try {
    return parseStartOptions(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    return undefined;
  }
}

function estateOrProblems(options: StartOptions): Estate | undefined {
  try {
    const environments = environmentsDirectory();
    const given = { estate: readEstate(environments, models), environments };
    const more = withAsked(given, options);
    if (more !== given) process.env.MLOPS_ENVIRONMENTS = more.environments; // for all that is started from here
    return more.estate;
  } catch (error) {
    if (!problems.some((kind) => error instanceof kind)) throw error;
    console.error((error as Error).message);
    return undefined;
  }
}

const problems = [ConfigurationError, NoWorkflowError, NoPythonSampleError, NoProjectsError];

/** The estate with what the options add to it, each in a copy of its own. */
function withAsked(given: EstateFiles, { workflow, python, projects }: StartOptions): EstateFiles {
  const copies = (name: string): string => join(cache, "local-aws", name);
  const first = workflow ? withWorkflow(given, models, copies("environments")) : given;
  const second = python ? withPython(first, models, copies("environments-python")) : first;
  return projects ? withProjects(second, models, copies("environments-projects")) : second;
}

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Runs until done, failed or interrupted; an interrupt lets Terraform save its state and stops local AWS. */
async function start(estate: Estate, options: StartOptions): Promise<number> {
  const { signal } = listenForInterrupt(() => {
    say("Interrupted: stopping Terraform, pipelines and local AWS");
  });
  setMaxListeners(0, signal); // every Terraform run listens
  const { keep, projects } = options;
  const result = await runEstate({ estate, models, keep, projects, say, signal });
  if (signal.aborted) return 130;
  const files = await writeReport(result.report, reportDirectory);
  console.log(
    options.json ? JSON.stringify({ ...result, files }, undefined, 2) : describeResult(result, files),
  );
  return result.report.status === "passed" ? 0 : 1;
}

exitWith(() => main(process.argv.slice(2)));
