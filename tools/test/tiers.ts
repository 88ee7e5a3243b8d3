import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { cache, repository } from "../paths";
import type { Tools } from "../setup/tools";

export const tierNames = ["unit", "python", "jenkins", "runner", "faults", "terraform", "estate"] as const;
export type TierName = (typeof tierNames)[number];

/** Mostly waits for AWS, so it goes beside the others; what it prints is held back until it is done. */
export const besides: TierName = "estate";

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

export const addCounts = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** Runs one tier with its runner's own output, and counts; a runner that fails otherwise counts as one failure. */
export async function runTier(tier: TierName, run: TierRun): Promise<Counts> {
  const report = join(cache, `test/${tier}.json`);
  rmSync(report, { force: true });
  const succeeded = await execute(commandOf(tier, report, run.tools), report, run);
  const counts = countsIn(report);
  return { ...counts, failed: Math.max(counts.failed, succeeded ? 0 : 1) };
}

function commandOf(tier: TierName, report: string, { python }: Tools): [string, ...string[]] {
  if (tier === "python") return [python, "-m", "pytest"];
  const jest = join(repository, "node_modules/jest/bin/jest.js");
  const flags = ["--selectProjects", tier, "--json", "--outputFile", report];
  return [process.execPath, jest, ...flags, ...(tier === "unit" ? [] : waiting)];
}

/** For tests that wait for processes more than they compute, and that only a hang lasts too long for. */
const waiting = ["--maxWorkers=100%", `--testTimeout=${10 * 60 * 1000}`];

/** Jest's report; pytest's has the same names (test/python/conftest.py). */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

function countsIn(file: string): Counts {
  try {
    const report = JSON.parse(readFileSync(file, "utf8")) as Report;
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
      skipped: report.numPendingTests,
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }; // it ended before it ran a test
  }
}

/** @returns whether it exited with 0 */
async function execute(
  [command, ...args]: [string, ...string[]],
  report: string,
  { tools: { terraform, python }, extraArguments, heldBack }: TierRun,
): Promise<boolean> {
  const output = heldBack ? ("pipe" as const) : ("inherit" as const);
  const { exitCode, all } = await execa(command, [...args, ...extraArguments], {
    cwd: repository,
    env: {
      ...terraform.environment,
      MLOPS_TERRAFORM: terraform.terraform,
      MLOPS_PYTHON: python,
      MLOPS_TEST_REPORT: report,
    },
    stdin: "ignore",
    stdout: [output],
    stderr: [output],
    all: heldBack,
    reject: false,
  });
  if (all) console.error(all);
  return exitCode === 0;
}
