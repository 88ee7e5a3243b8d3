import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { exitWith } from "../tools/exit";
import { setUpTools } from "../tools/setup/tools";
import { benchFolder, type Bench, type Measure } from "./bench";
import { LocalEstates } from "./estates/local-estates";
import { machineFacts, noisyMachine } from "./machine";
import { measureAffected } from "./measures/affected";
import { measureEndpoint } from "./measures/endpoint";
import { measureEnforcement } from "./measures/enforcement";
import { measureGrowth } from "./measures/growth";
import { measurePlan } from "./measures/plan";
import { measurePython } from "./measures/python";
import { measureSynth } from "./measures/synth";
import { measureValidation } from "./measures/validation";
import { parseBenchOptions, usage, type BenchOptions, type MeasureName } from "./options";
import { renderTable, verdictOf } from "./report";
import type { Row } from "./row";

const measures: Readonly<Record<MeasureName, Measure>> = {
  synth: measureSynth,
  python: measurePython,
  growth: measureGrowth,
  validation: measureValidation,
  plan: measurePlan,
  affected: measureAffected,
  enforcement: measureEnforcement,
  endpoint: measureEndpoint,
};

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** `npm run bench` @returns the exit code */
async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (!options) return 2;
  if (options.help) {
    console.log(usage);
    return 0;
  }
  mkdirSync(benchFolder, { recursive: true });
  const tools = await setUpTools();
  const estates = new LocalEstates(tools, benchFolder, say);
  const startedAt = new Date().toISOString();
  const machine = await machineFacts(tools.terraform);
  const noise = noisyMachine(machine);
  if (noise !== undefined) say(noise);
  try {
    const { rows, failures } = await takeAll(options, {
      quick: options.quick,
      against: options.against === undefined ? undefined : fromHere(options.against),
      tools,
      estates,
      say,
    });
    const json = {
      version: 1,
      startedAt,
      quick: options.quick,
      machine,
      rows: rows.map(withVerdict),
      failures,
    };
    writeJson(options.json, json);
    if (rows.length > 0) console.log(renderTable(rows));
    for (const { measure, reason } of failures) console.error(`${measure} could not be taken: ${reason}`);
    return failures.length > 0 ? 1 : 0;
  } finally {
    await estates.stop();
  }
}

function readOptions(args: readonly string[]): BenchOptions | undefined {
  try {
    return parseBenchOptions(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    return undefined;
  }
}

interface Failure {
  readonly measure: MeasureName;
  readonly reason: string;
}

/** Takes one measure after the other; one that fails leaves the others to be taken. */
async function takeAll(options: BenchOptions, bench: Bench): Promise<{ rows: Row[]; failures: Failure[] }> {
  const rows: Row[] = [];
  const failures: Failure[] = [];
  for (const name of options.measures) {
    say(`Measuring ${name}`);
    try {
      rows.push(...(await measures[name](bench)));
    } catch (error) {
      failures.push({ measure: name, reason: (error as Error).message });
    }
  }
  return { rows, failures };
}

const withVerdict = (row: Row) => ({ ...row, verdict: verdictOf(row) });

/** npm runs scripts in the repository, wherever the user is. */
const fromHere = (path: string): string => resolve(process.env.INIT_CWD ?? "", path);

function writeJson(file: string | undefined, content: object): void {
  const path = file === undefined ? join(benchFolder, "bench.json") : fromHere(file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(content, undefined, 2)}\n`);
}

exitWith(() => main(process.argv.slice(2)));
