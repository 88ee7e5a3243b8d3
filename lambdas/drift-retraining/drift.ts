import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import {
  DescribeProcessingJobCommand,
  paginateListPipelineExecutionSteps,
  type DescribeProcessingJobCommandOutput,
  type PipelineExecutionStep,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import type { Clients, StepFailure } from "./retrain-on-drift";

export interface Finding {
  readonly drift: boolean;
  /** Continues a sentence that begins with the step. */
  readonly reason: string;
}

interface Violation {
  readonly feature_name?: string;
  readonly metric_name?: string;
  readonly constraint_check_type: string;
}

/**
 * Violations that say the batch is not made as the model's data are: other columns, text for numbers. No training
 * mends that. https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-violations.html
 */
const malformations: readonly string[] = ["data_type_check", "missing_column_check", "extra_column_check"];

/**
 * Whether a step failed of data drift. A quality check fails for many reasons: only one whose job completed found
 * violations, and these stand in the job's report. A step of another kind is taken at its failure.
 * @throws Error where that cannot be told
 */
export async function driftIn(
  { sagemaker, s3 }: Clients,
  { pipelineExecutionArn, stepName, stepType }: StepFailure["detail"],
): Promise<Finding> {
  if (stepType !== "QualityCheck") return { drift: true, reason: "failed" };
  const { Metadata } = await findStep(sagemaker, pipelineExecutionArn, stepName);
  const jobArn = Metadata?.QualityCheck?.CheckJobArn;
  if (!jobArn) return { drift: false, reason: "could not start its job" };
  const job = await describeJob(sagemaker, jobArn);
  if (job.ProcessingJobStatus !== "Completed")
    return {
      drift: false,
      reason: `could not do its work: its job ended as ${job.ProcessingJobStatus ?? ""}`,
    };
  return findingOf(await readViolations(s3, reportOf(job)));
}

async function findStep(
  client: SageMakerClient,
  PipelineExecutionArn: string,
  name: string,
): Promise<PipelineExecutionStep> {
  for await (const page of paginateListPipelineExecutionSteps({ client }, { PipelineExecutionArn })) {
    const step = page.PipelineExecutionSteps?.find(({ StepName }) => StepName === name);
    if (step) return step;
  }
  throw new Error(`${PipelineExecutionArn} has no step ${name}`);
}

async function describeJob(
  client: SageMakerClient,
  arn: string,
): Promise<DescribeProcessingJobCommandOutput> {
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  const job = await client.send(new DescribeProcessingJobCommand({ ProcessingJobName: name }));
  const status = job.ProcessingJobStatus ?? "";
  if (!["Completed", "Failed", "Stopped"].includes(status))
    throw new Error(`Processing job ${name} must have ended, its status is ${status}`);
  return job;
}

/** S3 URI of the report that Model Monitor leaves in its job's output. */
function reportOf({
  ProcessingJobArn = "",
  ProcessingOutputConfig,
}: DescribeProcessingJobCommandOutput): string {
  const folder = ProcessingOutputConfig?.Outputs?.[0]?.S3Output?.S3Uri;
  if (!folder) throw new Error(`${ProcessingJobArn} has no output`);
  return `${folder.replace(/\/$/, "")}/constraint_violations.json`;
}

async function readViolations(s3: S3Client, uri: string): Promise<readonly Violation[]> {
  const [, Bucket = "", Key = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const report = JSON.parse((await Body?.transformToString()) ?? "") as { violations?: unknown } | null;
  if (!Array.isArray(report?.violations) || !report.violations.every(isViolation))
    throw new Error(`${uri} must have a list of violations, each with its constraint_check_type`);
  return report.violations;
}

const isViolation = (value: unknown): value is Violation =>
  typeof (value as Partial<Violation> | null)?.constraint_check_type === "string";

/** A report may name each of thousands of columns; a function may answer with 6 MB, and its log's lines have 256 KB. */
const mostNamed = 20;

function findingOf(violations: readonly Violation[]): Finding {
  if (violations.length === 0) return { drift: false, reason: "failed, and its report has no violation" };
  const found = violations.map(
    ({ feature_name, metric_name, constraint_check_type }) =>
      `${feature_name ?? metric_name ?? ""} ${constraint_check_type}`,
  );
  const more = found.length - mostNamed;
  const named = [...found.slice(0, mostNamed), ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
  const drift = violations.some(({ constraint_check_type: check }) => !malformations.includes(check));
  const what = drift ? "found data drift" : "found that the batch is not made as the model's data are";
  return { drift, reason: `${what}: ${named}` };
}
