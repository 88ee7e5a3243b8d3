import type { PipelineExecutionStepMetadata } from "@aws-sdk/client-sagemaker";
import type { StepView } from "./execution-view";
import { jobLogGroup } from "../../core/job-log-groups";

/** Where CloudWatch keeps a step's log. */
export interface StepLogGroup {
  readonly step: string;
  readonly logGroup: string;
  /** Streams of the step's job begin with this. */
  readonly logStreamPrefix: string;
}

/** Finds the log group of a function by its name. */
export type FunctionLogGroup = (functionName: string) => string;

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

/**
 * Log groups of the steps whose jobs write logs.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/logging-cloudwatch.html
 */
export const logGroupsOf = (steps: readonly StepView[], ofFunction: FunctionLogGroup): StepLogGroup[] =>
  steps.flatMap(({ name, metadata }) =>
    metadata ? groupsOf(metadata, ofFunction).map((group) => ({ step: name, ...group })) : [],
  );

function groupsOf(
  metadata: PipelineExecutionStepMetadata,
  ofFunction: FunctionLogGroup,
): Omit<StepLogGroup, "step">[] {
  const jobs = (logGroup: string, ...arns: readonly (string | undefined)[]) =>
    arns.flatMap((arn) => (arn ? [{ logGroup, logStreamPrefix: lastPart(arn) }] : []));
  const { ProcessingJob, QualityCheck, ClarifyCheck, TrainingJob, TuningJob, TransformJob, Lambda } =
    metadata;
  const name = Lambda?.Arn?.split(":")[6];
  return [
    ...jobs(
      jobLogGroup("Processing"),
      ProcessingJob?.Arn,
      QualityCheck?.CheckJobArn,
      ClarifyCheck?.CheckJobArn,
    ),
    ...jobs(jobLogGroup("Training"), TrainingJob?.Arn, TuningJob?.Arn),
    ...jobs(jobLogGroup("Transform"), TransformJob?.Arn),
    ...(name ? [{ logGroup: ofFunction(name), logStreamPrefix: "" }] : []),
  ];
}
