import { relative } from "node:path";
import type { StackDescription } from "../stacks/list";
import type { DrillResults } from "./drill/results";
import type { DrillReport, DrillStage, ExecutionReport, RoleAssumption, StackReport } from "./report/types";
import type { Stages } from "./drill/stage";
import { localAwsFiles, repository } from "../tools/paths";
import { describeInventory, type AccountInventory } from "./inventory";
import type { StackFailure } from "../deploy/estate/stack-runner";
import type { Stock } from "./take-stock";

/** What one run of `npm start` came to. */
export interface StartResult {
  readonly report: DrillReport;
  readonly failures: readonly StackFailure[];
  readonly accounts: readonly AccountInventory[];
  /** Address of local AWS, where it was left up. */
  readonly endpoint: string | undefined;
}

/** Where the drill's report was written. */
export interface ReportFiles {
  readonly html: string;
  readonly json: string;
}

export interface RunFacts {
  readonly startedAt: string;
  readonly stages: Stages;
  readonly results: DrillResults;
  readonly stacks: readonly StackDescription[];
  readonly stackSeconds: ReadonlyMap<string, number>;
  readonly stackFailures: readonly StackFailure[];
  readonly stock: Stock;
  readonly roles: readonly RoleAssumption[];
  readonly failure: Error | undefined;
  readonly endpoint: string | undefined;
}

export function resultOf(facts: RunFacts): StartResult {
  const { startedAt, stages, results, roles, failure, stackFailures, stock, endpoint } = facts;
  const auc = results.versions[0]?.auc;
  return {
    report: {
      startedAt,
      seconds: stages.seconds,
      status: failure ? "failed" : "passed",
      ...(auc && { auc }),
      stages: withFailure(stages.done, failure),
      ...results,
      roles,
      stacks: stackReports(facts),
    },
    failures: stackFailures,
    accounts: stock.accounts,
    endpoint,
  };
}

/** A failure outside every stage is one of its own. */
function withFailure(stages: readonly DrillStage[], failure: Error | undefined): readonly DrillStage[] {
  if (!failure || stages.some(({ status }) => status === "failed")) return stages;
  const last = stages.at(-1);
  const startedAfter = (last?.startedAfter ?? 0) + (last?.seconds ?? 0);
  return [...stages, { name: "Go on", status: "failed", seconds: 0, startedAfter, verdict: failure.message }];
}

const stackReports = ({ stacks, stock, stackSeconds }: RunFacts): StackReport[] =>
  stacks.map(({ id, environment }) => ({
    id,
    account: environment.account,
    environment: environment.name,
    resources: stock.resources.get(id) ?? 0,
    seconds: stackSeconds.get(id) ?? 0,
  }));

/** The result as text for people. */
export function describeResult(
  { report, failures, accounts, endpoint }: StartResult,
  files: ReportFiles,
): string {
  const failed = failures.map(({ stack, reason }) => `${stack} failed:\n${reason}`);
  const times = report.stages.map(({ name, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${name}`);
  return [
    "",
    ...accounts.map(describeInventory),
    "",
    ...times,
    "",
    ...failed,
    verdictOf(report),
    `Report: ${relative(process.cwd(), files.html)}`,
    ...nextSteps(endpoint, report.executions.at(-1)),
  ].join("\n");
}

function verdictOf({ stages, seconds, auc }: DrillReport): string {
  const failed = stages.find(({ status }) => status === "failed");
  if (failed) return `Failed: ${failed.name}: ${failed.verdict}`;
  const measured = auc && `, AUC ${auc.value.toFixed(3)} (${auc.low.toFixed(3)} to ${auc.high.toFixed(3)})`;
  return `All ${stages.length} stages passed in ${seconds.toFixed(0)} s${measured ?? ""}.`;
}

/** @param last of the drill's executions, which a schedule has started */
function nextSteps(endpoint: string | undefined, last: ExecutionReport | undefined): string[] {
  if (endpoint === undefined) return ["Next: npm start -- --keep leaves local AWS up, to look around in it."];
  return [
    `Local AWS and its pipeline runner are up at ${endpoint}. Next:`,
    ...(last
      ? [
          `  npx mlops --local pipelines show ${last.environment}/${last.pipeline} --logs`,
          `  npx mlops --local local fire ${last.startedBy} --env ${last.environment}`,
        ]
      : []),
    `  source ${relative(process.cwd(), localAwsFiles.environment)}    # for Terraform, the AWS CLI and SDKs`,
    "  npm stop    # ends it; all its state goes with it",
  ];
}

export const reportDirectory = repository;
