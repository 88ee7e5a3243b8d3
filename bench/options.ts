import { parseArgs } from "node:util";

export const measureNames = [
  "synth",
  "python",
  "growth",
  "validation",
  "plan",
  "affected",
  "enforcement",
  "endpoint",
] as const;
export type MeasureName = (typeof measureNames)[number];

export interface BenchOptions {
  /** File for the figures; undefined for the usual place. */
  readonly json: string | undefined;
  /** In the order they are taken. */
  readonly measures: readonly MeasureName[];
  readonly quick: boolean;
  /** Folder of another checkout to measure beside this one. */
  readonly against: string | undefined;
  readonly help: boolean;
}

export const usage = `Usage: npm run bench [-- OPTIONS]

Takes figures of synth, plan, validation and local endpoints side by side with what they are to be compared with, and prints them as a
table. Absolute figures are this machine's; the ratios are what counts.

  --only NAME   take only this one (may be repeated): ${measureNames.join(", ")}
  --quick       fewer rounds, and only the stacks of dev in "plan"
  --against DIR another checkout, set up: synth, growth and validation are taken there too, side by side
  --json FILE   write the figures here; default: .cache/bench/bench.json
  --help        print this

Exit codes: 0 the figures were taken, whatever they are; 1 some could not be taken; 2 wrong usage.`;

/** @throws TypeError for an unknown option or measure */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: "string" },
      against: { type: "string" },
      only: { type: "string", multiple: true, default: [] },
      quick: flag,
      help: flag,
    },
  });
  const { only, quick, help, json, against } = values;
  const unknown = only.filter((name) => !measureNames.some((known) => known === name));
  if (unknown.length > 0)
    throw new TypeError(`There is no measure ${unknown.join(", ")}; there are: ${measureNames.join(", ")}`);
  const measures = measureNames.filter((name) => only.length === 0 || only.includes(name));
  return { json, measures, quick, against, help };
}
