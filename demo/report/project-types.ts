import type { ExecutionReport } from "./types";

/** One thing on the way of a project from its template to what serves. */
export interface ProjectStep {
  /** `build`, as CI calls its job. */
  readonly name: string;
  /** What did it: a repository, whose CI ran a job, or a service. */
  readonly by: string;
  readonly status: "passed" | "failed";
  /** Seconds from when the project was asked for. */
  readonly startedAfter: number;
  readonly seconds: number;
}

/** An area under the ROC curve that was measured by invocations of an endpoint. */
export interface ScoredRows {
  readonly rows: number;
  readonly auc: number;
}

/** A SageMaker project made of a template. */
export interface ProjectReport {
  readonly name: string;
  readonly id: string;
  readonly template: string;
  readonly environment: string;
  readonly account: string;
  /** What its stack made, by CloudFormation's type. */
  readonly resources: Readonly<Record<string, number>>;
  /** With the commit that each was seeded by. */
  readonly repositories: readonly { readonly path: string; readonly commit: string }[];
  /** In the order in which they began. */
  readonly steps: readonly ProjectStep[];
  /** Of its build repository's pipeline in SageMaker. */
  readonly executions: readonly ExecutionReport[];
  readonly version?: {
    readonly number: number;
    readonly modelPackageArn: string;
    /** On the rows that were held out, when it was registered. */
    readonly auc: number;
  };
  /** The deploy repository's own test of staging. */
  readonly staging?: ScoredRows;
  /** What whoever let it into production had read. */
  readonly question?: { readonly text: string; readonly answeredBy: string };
  readonly production?: ScoredRows & {
    readonly endpoint: string;
    /** Of invocations of one row each. */
    readonly milliseconds: readonly number[];
  };
}
