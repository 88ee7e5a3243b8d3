import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { latestApprovedModel, type LatestApprovedModel } from "./latest-approved-model";

const client = new SageMakerClient();

/**
 * Handler of the inference pipeline's Lambda step: its output parameters are the top-level strings of what it returns
 * (https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-lambda).
 * Reads `MODEL_PACKAGE_GROUP`, the group's ARN.
 * @throws Error that fails the step, saying which group or version lacks what
 */
export async function handler(): Promise<LatestApprovedModel & { readonly statusCode: 200 }> {
  const group = process.env.MODEL_PACKAGE_GROUP;
  if (!group) throw new Error("The variable MODEL_PACKAGE_GROUP must hold the ARN of a model package group");
  return { statusCode: 200, ...(await latestApprovedModel(client, group)) };
}
