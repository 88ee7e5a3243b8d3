import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { cache, repository } from "../paths";
import type { Tools } from "../setup/tools";

export const tierNames = ["unit", "python", "jenkins", "runner", "terraform"] as const;
export type TierName = (typeof tierNames)[number];

/** How many tests of a tier did what. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Runs one tier with its runner's own output, and counts. */
export async function runTier(
  tier: TierName,
  tools: Tools,
  extraArguments: readonly string[],
): Promise<Counts> {
  return tier === "python" ? runPytest(tools, extraArguments) : runJest(tier, tools, extraArguments);
}

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

async function runJest(tier: TierName, tools: Tools, extraArguments: readonly string[]): Promise<Counts> {
  const report = join(cache, `test/${tier}.json`);
  const jest = join(repository, "node_modules/jest/bin/jest.js");
  // Its tests wait for processes more than they compute.
  const workers = tier === "runner" ? ["--maxWorkers=100%"] : [];
  const flags = ["--selectProjects", tier, "--json", "--outputFile", report, ...workers, ...extraArguments];
  const { exitCode } = await run(process.execPath, [jest, ...flags], tools);
  const counts = JSON.parse(readFileSync(report, "utf8")) as JestReport;
  const failed = counts.numFailedTests + counts.numRuntimeErrorTestSuites;
  return {
    passed: counts.numPassedTests,
    failed: Math.max(failed, exitCode === 0 ? 0 : 1),
    skipped: counts.numPendingTests,
  };
}

async function runPytest(tools: Tools, extraArguments: readonly string[]): Promise<Counts> {
  const report = join(cache, "test/python.xml");
  const { exitCode } = await run(
    tools.python,
    ["-m", "pytest", `--junitxml=${report}`, ...extraArguments],
    tools,
  );
  const suite = /<testsuite [^>]*>/.exec(readFileSync(report, "utf8"))?.[0] ?? "";
  const count = (name: string): number => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = count("failures") + count("errors");
  return {
    passed: count("tests") - failed - count("skipped"),
    failed: Math.max(failed, exitCode === 0 ? 0 : 1),
    skipped: count("skipped"),
  };
}

function run(command: string, args: readonly string[], { terraform, python }: Tools) {
  return execa(command, args, {
    cwd: repository,
    env: { ...terraform.environment, MLOPS_TERRAFORM: terraform.terraform, MLOPS_PYTHON: python },
    stdin: "ignore",
    stdout: ["inherit"],
    stderr: ["inherit"],
    reject: false,
  });
}
