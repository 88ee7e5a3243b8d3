import type { S3Client } from "@aws-sdk/client-s3";
import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { driftIn } from "./drift";
import { startUnlessAnswered } from "./start";

/**
 * What is read of SageMaker's event of a step that failed.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
 */
export interface StepFailure {
  readonly time: string;
  readonly detail: {
    readonly pipelineExecutionArn: string;
    readonly stepName: string;
    readonly stepType: string;
  };
}

export interface Clients {
  readonly sagemaker: SageMakerClient;
  readonly s3: S3Client;
}

/**
 * Starts training where a step's failure is data drift and no training answers it already.
 * @returns what was decided, and why, in one line
 * @throws Error where it cannot be told
 */
export async function retrainOnDrift(
  clients: Clients,
  pipeline: string,
  { time, detail }: StepFailure,
): Promise<string> {
  const { drift, reason } = await driftIn(clients, detail);
  const subject = `${detail.stepName} of ${detail.pipelineExecutionArn}`;
  if (!drift) return `No training: ${subject} ${reason}`;
  return `${await startUnlessAnswered(clients.sagemaker, pipeline, new Date(time))}: ${subject} ${reason}`;
}
