import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { attachedEnvironment, attachedTerraform } from "../attached-terraform";
import { forLocalAwsAlone } from "../local-aws/environment";
import { cache, repository } from "../paths";
import type { Tools } from "../setup/tools";
import { threadsThatSleep } from "../threads";

/**
 * In the order in which they begin: the estate's tests wait for AWS most of the time and take longest; of the others, what takes most of the
 * processor is first, so that nothing long is left at the end.
 */
export const tierNames = [
  "unit",
  "estate",
  "python",
  "runner",
  "faults",
  "terraform",
  "fork",
  "jenkins",
  "models",
  "image",
] as const;
export type TierName = (typeof tierNames)[number];

/** How many tiers run at once: enough that two cores are never idle. */
export const atOnce = 3;

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

/** A program that runs tests, and writes down what became of them. */
interface Runner {
  readonly command: [string, ...string[]];
  readonly report: string;
  readonly read: (report: string) => Counts;
}

/** Runs one tier with its runners' own output, and counts; a runner that fails otherwise counts as one failure. */
export async function runTier(tier: TierName, run: TierRun): Promise<Counts> {
  let total: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const runner of runnersOf(tier, run)) {
    rmSync(runner.report, { force: true });
    const succeeded = await execute(tier, runner, run);
    const counts = countsOf(runner);
    total = addCounts(total, { ...counts, failed: Math.max(counts.failed, succeeded ? 0 : 1) });
  }
  return total;
}

function runnersOf(tier: TierName, { tools, extraArguments }: TierRun): Runner[] {
  if (tier === "python") return [pytest(tools, "python", extraArguments)];
  if (tier === "image") return [pytest(tools, "image", ["-rs", "test/image", ...extraArguments])];
  const first = jest(tier, extraArguments);
  if (tier !== "models" || extraArguments.length > 0) return [first];
  return [first, ...foldersOfModelTests().map((folder) => pytest(tools, folder, [folder]))];
}

/** Each in a process of its own: every model calls its scripts evaluate.py and the like. */
const foldersOfModelTests = (): string[] =>
  readdirSync(join(repository, "pipelines"))
    .map((name) => `pipelines/${name}/test`)
    .filter((folder) => existsSync(join(repository, folder)))
    .filter((folder) => readdirSync(join(repository, folder)).some((file) => /^test_.*\.py$/.test(file)));

function jest(tier: TierName, args: readonly string[]): Runner {
  const report = reportFile(`${tier}.json`);
  const flags = ["--selectProjects", tier, "--json", "--outputFile", report];
  const waits = tier === "unit" || tier === "models" ? [] : waiting;
  const program = join(repository, "node_modules/jest/bin/jest.js");
  return { command: [process.execPath, program, ...flags, ...waits, ...args], report, read: readJestReport };
}

/** For tests that wait for processes more than they compute. As a number: Jest takes 150 % for 150. */
const waiting = [`--maxWorkers=${Math.ceil(1.5 * availableParallelism())}`];

function pytest({ python }: Tools, name: string, args: readonly string[]): Runner {
  const report = reportFile(`${name.replaceAll("/", "-")}.xml`);
  const flags = ["--junitxml", report];
  return { command: [python, "-m", "pytest", ...flags, ...args], report, read: readJunitReport };
}

/** Makes the folder that runners report in. */
export const prepareReports = (): void => {
  mkdirSync(join(cache, "test"), { recursive: true });
};

const reportFile = (name: string): string => join(cache, "test", name);

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

function readJestReport(text: string): Counts {
  const report = JSON.parse(text) as JestReport;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests,
  };
}

/** https://docs.pytest.org/en/stable/how-to/output.html#creating-junitxml-format-files */
export function readJunitReport(text: string): Counts {
  const [suite = ""] = /<testsuite .*?>/.exec(text) ?? [];
  const count = (what: string) => Number(new RegExp(` ${what}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = count("failures") + count("errors");
  return { passed: count("tests") - failed - count("skipped"), failed, skipped: count("skipped") };
}

function countsOf({ report, read }: Runner): Counts {
  try {
    return read(readFileSync(report, "utf8"));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }; // it ended before it ran a test
  }
}

/** Tiers whose tests work on fixtures alone: one that read somebody's environment files would find none, and fail. */
const onFixtures: readonly TierName[] = ["unit", "jenkins", "runner", "faults"];
const nowhere = join(cache, "test/no-environments");

/** @returns whether it exited with 0 */
async function execute(
  tier: TierName,
  { command: [program, ...args] }: Runner,
  { tools: { terraform, python }, heldBack }: TierRun,
): Promise<boolean> {
  const output = heldBack ? ("pipe" as const) : ("inherit" as const);
  const { exitCode, all } = await execa(program, args, {
    cwd: repository,
    env: {
      ...forLocalAwsAlone(process.env),
      ...terraform.environment,
      MLOPS_TERRAFORM: terraform.terraform,
      ...((tier === "estate" || tier === "faults") && {
        MLOPS_TERRAFORM: attachedTerraform,
        ...attachedEnvironment(terraform.terraform),
      }),
      MLOPS_TERRAFORM_LOCK: terraform.lockFile,
      MLOPS_PYTHON: python,
      ...threadsThatSleep,
      ...(onFixtures.includes(tier) && { MLOPS_ENVIRONMENTS: nowhere }),
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
