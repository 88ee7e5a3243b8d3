import type { DescribeModelOutput } from "@aws-sdk/client-sagemaker";

export interface StartedExecution {
  readonly executionArn: string;
  readonly pipelineArn: string;
  readonly pipelineName: string;
  readonly roleArn: string;
  readonly account: string;
  readonly region: string;
  /** The definition it was started with, as text. */
  readonly definition: string;
  readonly parameters: readonly { readonly Name: string; readonly Value: string }[];
  readonly startTime: string;
  readonly maxParallelSteps: number | null;
  /** Names of the steps to run; null for all. */
  readonly selectedSteps: readonly string[] | null;
  /** What steps gave in an earlier execution, by name, for those that are selected. */
  readonly reusedResults: Readonly<Record<string, StepResult>>;
}

/** What a step that succeeded leaves behind. */
export interface StepResult {
  /** As ListPipelineExecutionSteps shows it. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** What `{"Get": "Steps.<name>.…"}` reads. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Folders of a job's outputs in S3 by name, for property files. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** The branch a condition takes. */
  readonly branch?: "if" | "else";
}

/** A job that no pipeline started. */
export interface StandingJob {
  readonly kind: "processing" | "training" | "transform";
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  /** What made it. */
  readonly request: Readonly<Record<string, unknown>>;
  /** What a transform job serves, as SageMaker describes it. */
  readonly model?: DescribedModel;
}

export type DescribedModel = Pick<
  DescribeModelOutput,
  "PrimaryContainer" | "ExecutionRoleArn" | "EnableNetworkIsolation" | "VpcConfig"
>;

/** An answer to a callback step. */
export interface CallbackAnswer {
  readonly token: string;
  readonly status: "Success" | "Failure";
  readonly outputs: readonly { readonly Name: string; readonly Value: string }[];
  readonly reason?: string;
}

export interface Work {
  readonly executions: readonly StartedExecution[];
  readonly jobs: readonly StandingJob[];
  /** ARNs of jobs that somebody asked to stop. */
  readonly stoppingJobs: readonly string[];
  /** ARNs of executions that somebody asked to stop. */
  readonly stopping: readonly string[];
  readonly callbacks: readonly CallbackAnswer[];
}
