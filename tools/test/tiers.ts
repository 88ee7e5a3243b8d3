import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { cache, repository } from "../paths";
import type { Tools } from "../setup/tools";

export const tierNames = ["unit", "python", "jenkins", "runner", "faults", "terraform"] as const;
export type TierName = (typeof tierNames)[number];

/** Mostly waits for AWS, so it goes beside the others; what it prints is held back until it is done. */
export const besides: TierName = "terraform";

/** How many tests of a tier did what. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface TierRun {
  readonly tools: Tools;
  readonly extraArguments: readonly string[];
  /** Whether the runner's output waits until its end. */
  readonly heldBack: boolean;
}

/** Runs one tier with its runner's own output, and counts. */
export const runTier = (tier: TierName, run: TierRun): Promise<Counts> =>
  tier === "python" ? runPytest(run) : runJest(tier, run);

export const addCounts = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

async function runJest(tier: TierName, tierRun: TierRun): Promise<Counts> {
  const report = join(cache, `test/${tier}.json`);
  const jest = join(repository, "node_modules/jest/bin/jest.js");
  // Their tests either wait for processes more than they compute, or have the machine for a few seconds.
  const workers = tier === "runner" || tier === "unit" ? ["--maxWorkers=100%"] : [];
  const flags = ["--selectProjects", tier, "--json", "--outputFile", report, ...workers];
  const { exitCode } = await run(process.execPath, [jest, ...flags], tierRun);
  const counts = JSON.parse(readFileSync(report, "utf8")) as JestReport;
  const failed = counts.numFailedTests + counts.numRuntimeErrorTestSuites;
  return {
    passed: counts.numPassedTests,
    failed: Math.max(failed, exitCode === 0 ? 0 : 1),
    skipped: counts.numPendingTests,
  };
}

async function runPytest(tierRun: TierRun): Promise<Counts> {
  const report = join(cache, "test/python.xml");
  const { exitCode } = await run(tierRun.tools.python, ["-m", "pytest", `--junitxml=${report}`], tierRun);
  const suite = /<testsuite [^>]*>/.exec(readFileSync(report, "utf8"))?.[0] ?? "";
  const count = (name: string): number => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = count("failures") + count("errors");
  return {
    passed: count("tests") - failed - count("skipped"),
    failed: Math.max(failed, exitCode === 0 ? 0 : 1),
    skipped: count("skipped"),
  };
}

async function run(
  command: string,
  args: readonly string[],
  { tools: { terraform, python }, extraArguments, heldBack }: TierRun,
) {
  const output = heldBack ? ("pipe" as const) : ("inherit" as const);
  const result = await execa(command, [...args, ...extraArguments], {
    cwd: repository,
    env: { ...terraform.environment, MLOPS_TERRAFORM: terraform.terraform, MLOPS_PYTHON: python },
    stdin: "ignore",
    stdout: [output],
    stderr: [output],
    all: heldBack,
    reject: false,
  });
  if (result.all) console.error(result.all);
  return result;
}
