import { setMaxListeners } from "node:events";
import { models } from "../../pipelines";
import { loadEstate } from "../../config/load";
import { ConfigurationError } from "../../config/problems";
import type { Estate } from "../../config/schema";
import { exitWith } from "../exit";
import { environmentsDirectory } from "../paths";
import { parseStartOptions, usage, type StartOptions } from "./options";
import { printResult } from "./result";
import { runEstate } from "./run-estate";

/** @returns the exit code */
async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (!options) return 2;
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const estate = readEstate();
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

function readEstate(): Estate | undefined {
  try {
    return loadEstate(environmentsDirectory(), { models: models.map(({ name }) => name) });
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    console.error(error.message);
    return undefined;
  }
}

/** Runs until done, failed or interrupted; an interrupt lets Terraform save its state and stops local AWS. */
async function start(estate: Estate, options: StartOptions): Promise<number> {
  const interrupt = new AbortController();
  setMaxListeners(0, interrupt.signal); // every Terraform run listens
  const onSignal = () => {
    console.error("Interrupted: stopping Terraform and local AWS");
    interrupt.abort();
  };
  process.once("SIGINT", onSignal);
  process.once("SIGTERM", onSignal);
  const result = await runEstate({ estate, models, keep: options.keep, signal: interrupt.signal });
  if (interrupt.signal.aborted) return 130;
  printResult(result, options.json);
  return result.failures.length > 0 ? 1 : 0;
}

exitWith(() => main(process.argv.slice(2)));
