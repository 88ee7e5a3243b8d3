import {
  DescribeModelCommand,
  DescribeProcessingJobCommand,
  DescribeTrainingJobCommand,
  DescribeTransformJobCommand,
  type DescribeProcessingJobResponse,
  type PipelineExecutionStepMetadata,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import type { EndedExecution } from "./executions";

type Steps = Pick<EndedExecution, "steps">;

/** Names of the jobs that the steps of one kind started, by the ARNs in their metadata. */
const jobNames = (
  { steps }: Steps,
  arnIn: (metadata: PipelineExecutionStepMetadata) => string | undefined,
): string[] => steps.flatMap(({ Metadata }) => (Metadata && arnIn(Metadata))?.split("/").slice(-1) ?? []);

const processingJob = (sagemaker: SageMakerClient, ProcessingJobName: string) =>
  sagemaker.send(new DescribeProcessingJobCommand({ ProcessingJobName }));

const inputsOf = ({ ProcessingInputs = [] }: DescribeProcessingJobResponse): string[] =>
  ProcessingInputs.flatMap(({ S3Input }) => S3Input?.S3Uri ?? []);

const outputsOf = ({ ProcessingOutputConfig }: DescribeProcessingJobResponse): string[] =>
  (ProcessingOutputConfig?.Outputs ?? []).flatMap(({ S3Output }) => S3Output?.S3Uri ?? []);

/** What a data quality check looked at, and the folder of what it found; URIs in S3. */
export interface QualityCheck {
  readonly dataset: string;
  readonly results: string;
}

/** @throws Error where the execution made no such check */
export async function qualityCheckOf(sagemaker: SageMakerClient, execution: Steps): Promise<QualityCheck> {
  const [name] = jobNames(execution, ({ QualityCheck }) => QualityCheck?.CheckJobArn);
  if (name === undefined) throw new Error("The execution made no data quality check");
  const job = await processingJob(sagemaker, name);
  const source = job.Environment?.dataset_source;
  const dataset = job.ProcessingInputs?.find(({ S3Input }) => S3Input?.LocalPath === source)?.S3Input?.S3Uri;
  const [results] = outputsOf(job);
  if (dataset === undefined || results === undefined)
    throw new Error(`${name} reads or writes nothing in S3`);
  return { dataset, results };
}

/** Folder in S3 of what a quality check of any kind found. @throws Error where the execution made none */
export async function checkResultsOf(sagemaker: SageMakerClient, execution: Steps): Promise<string> {
  const [name] = jobNames(execution, ({ QualityCheck }) => QualityCheck?.CheckJobArn);
  if (name === undefined) throw new Error("The execution made no quality check");
  const [results] = outputsOf(await processingJob(sagemaker, name));
  if (results === undefined) throw new Error(`${name} writes nothing to S3`);
  return results;
}

/** The artifact that a batch transform used, and the folder of its predictions; URIs in S3. */
export interface Transform {
  readonly artifact: string | undefined;
  readonly predictions: string;
}

/** @throws Error where the execution transformed nothing */
export async function transformOf(sagemaker: SageMakerClient, execution: Steps): Promise<Transform> {
  const [TransformJobName] = jobNames(execution, ({ TransformJob }) => TransformJob?.Arn);
  if (TransformJobName === undefined) throw new Error("The execution transformed nothing");
  const { ModelName, TransformOutput } = await sagemaker.send(
    new DescribeTransformJobCommand({ TransformJobName }),
  );
  const { PrimaryContainer } = await sagemaker.send(new DescribeModelCommand({ ModelName }));
  return { artifact: PrimaryContainer?.ModelDataUrl, predictions: TransformOutput?.S3OutputPath ?? "" };
}

/** Folders in S3 of the sets that processing made and a model was trained, validated and tested on. */
export async function dataSetsOf(sagemaker: SageMakerClient, execution: Steps): Promise<string[]> {
  const processing = await Promise.all(
    jobNames(execution, ({ ProcessingJob }) => ProcessingJob?.Arn).map((name) =>
      processingJob(sagemaker, name),
    ),
  );
  const training = await Promise.all(
    jobNames(execution, ({ TrainingJob }) => TrainingJob?.Arn).map((TrainingJobName) =>
      sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName })),
    ),
  );
  const channels = training.flatMap(({ InputDataConfig = [] }) =>
    InputDataConfig.flatMap(({ DataSource }) => DataSource?.S3DataSource?.S3Uri ?? []),
  );
  const read = new Set([...channels, ...processing.flatMap(inputsOf)]);
  return processing.flatMap(outputsOf).filter((uri) => read.has(uri));
}
