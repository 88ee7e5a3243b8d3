import type { GroundTruthReport } from "./ground-truth-types";
import type { ProjectReport } from "./project-types";
import type { WorkflowReport } from "./workflow-types";

/** A number with its 95 % confidence interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** One stage of the drill. */
export interface DrillStage {
  readonly name: string;
  readonly status: "passed" | "failed";
  readonly seconds: number;
  /** Seconds from the drill's begin to this stage's. */
  readonly startedAfter: number;
  /** What was found, in a sentence: `AUC 0.951 (0.918 to 0.985) on 134 rows`. */
  readonly verdict: string;
}

/** One step of an execution; a step that was never reached has the status "NotExecuted". */
export interface StepReport {
  readonly name: string;
  readonly kind: string;
  readonly status: "Executing" | "Succeeded" | "Failed" | "Stopped" | "NotExecuted";
  readonly seconds?: number;
  readonly failureReason?: string;
  /** Names of the steps it waited for. */
  readonly after: readonly string[];
  /** Where it stands in a condition's branch. */
  readonly branch?: { readonly condition: string; readonly side: "if" | "else" };
}

export interface ExecutionReport {
  /** What it is in the story: `First training in dev`. */
  readonly title: string;
  readonly environment: string;
  readonly account: string;
  readonly pipeline: string;
  readonly executionArn: string;
  readonly status: string;
  readonly failureReason?: string;
  /** Who started it: `mlops pipelines start`, or the rule's name. */
  readonly startedBy: string;
  readonly seconds: number;
  readonly parameters: Readonly<Record<string, string>>;
  readonly steps: readonly StepReport[];
}

export interface ModelVersionReport {
  readonly version: number;
  readonly modelPackageArn: string;
  readonly trainedIn: string;
  /** Rows of all files it was trained, validated and tested on. */
  readonly rows: number;
  readonly auc: Interval;
  /** Points of the ROC curve, from (0, 0) to (1, 1). */
  readonly curve: readonly { readonly falsePositiveRate: number; readonly truePositiveRate: number }[];
  readonly approvalStatus: string;
}

export interface ColumnDistribution {
  /** Number of values that are there. */
  readonly present: number;
  readonly missing: number;
  /** Baseline and batch of one column have the same buckets. */
  readonly buckets: readonly { readonly lower: number; readonly upper: number; readonly count: number }[];
}

export interface DriftedColumn {
  /** As the monitor calls it (`_c1`), and as the data set does (`Age`). */
  readonly name: string;
  readonly title: string;
  readonly baseline: ColumnDistribution;
  readonly batch: ColumnDistribution;
  readonly violations: readonly { readonly check: string; readonly description: string }[];
}

export interface AlertReport {
  readonly topic: string;
  readonly receivedAt: string;
  readonly text: string;
}

/** One thing that a release did. */
export interface ReleaseStep {
  /** `Plan staging`. */
  readonly name: string;
  /** Seconds from the approval of the version. */
  readonly startedAfter: number;
  readonly seconds: number;
}

/** What an environment serves by a release. */
export interface ReleasedEnvironment {
  readonly environment: string;
  readonly account: string;
  /** Version that served before; absent where nothing did. */
  readonly before?: number;
  readonly version: number;
  /** Absent where nobody has to approve. */
  readonly approvedBy?: string;
  /** The test by invocations over the rows that the version was evaluated on. */
  readonly test: { readonly rows: number; readonly auc: number; readonly recordedAuc: number };
}

/** A version on its way from approval to what serves it. */
export interface ReleaseReport {
  readonly version: number;
  readonly modelPackageArn: string;
  /** `mlops/deploy #1`. */
  readonly build: string;
  /** User of the CI server. */
  readonly askedBy: string;
  /** In order. */
  readonly steps: readonly ReleaseStep[];
  readonly environments: readonly ReleasedEnvironment[];
  /** Of the last environment: how many rows score as batch transform did, and how long invocations of one row took. */
  readonly served?: {
    readonly environment: string;
    readonly equalRows: number;
    readonly milliseconds: readonly number[];
  };
}

/** One assumption of a role, as local AWS saw it. */
export interface RoleAssumption {
  readonly time: string;
  readonly roleArn: string;
  readonly principal: string;
  readonly sessionName: string;
}

export interface StackReport {
  readonly id: string;
  readonly account: string;
  /** The account's name in the configuration. */
  readonly environment?: string;
  readonly resources: number;
  readonly seconds: number;
}

/** Everything the data drift drill did and found; written as drill-report.json and drill-report.html. */
export interface DrillReport {
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly status: "passed" | "failed";
  /** Of the first version, on its test set; absent where the drill did not come that far. */
  readonly auc?: Interval;
  readonly stages: readonly DrillStage[];
  readonly executions: readonly ExecutionReport[];
  readonly versions: readonly ModelVersionReport[];
  readonly drift: readonly DriftedColumn[];
  readonly alerts: readonly AlertReport[];
  readonly releases: readonly ReleaseReport[];
  readonly workflows: readonly WorkflowReport[];
  readonly groundTruths: readonly GroundTruthReport[];
  readonly projects: readonly ProjectReport[];
  readonly roles: readonly RoleAssumption[];
  readonly stacks: readonly StackReport[];
}
