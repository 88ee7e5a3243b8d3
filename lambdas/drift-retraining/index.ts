import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { retrainOnDrift, type StepFailure } from "./retrain-on-drift";

const clients = { sagemaker: new SageMakerClient(), s3: new S3Client() };

/**
 * Target of the rule that waits for a monitor's failure: starts the pipeline that the variable `PIPELINE` names, where
 * the failure is data drift and no training answers it already. Its log says what it decided, and why.
 * @throws Error where it cannot tell: Lambda tries again, then sends the event to the dead-letter queue
 */
export async function handler(event: StepFailure): Promise<{ readonly decision: string }> {
  const pipeline = process.env.PIPELINE;
  if (!pipeline) throw new Error("The variable PIPELINE must hold the name of a pipeline");
  const decision = await retrainOnDrift(clients, pipeline, event);
  console.info(decision);
  return { decision };
}
