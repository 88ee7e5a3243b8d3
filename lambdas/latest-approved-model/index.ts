import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { AcceptedVersions } from "../../core/artifacts";
import { latestApprovedModel, type LatestApprovedModel } from "./latest-approved-model";

const clients = { sagemaker: new SageMakerClient(), s3: new S3Client() };

/**
 * Handler of the inference pipeline's Lambda step: its output parameters are the top-level strings of what it returns
 * (https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-lambda).
 * Reads `MODEL_PACKAGE_GROUP`, the group's ARN, and `ACCEPTED`, what a version may consist of, as JSON.
 * @throws Error that fails the step, saying which group or version lacks what, or has what from elsewhere
 */
export async function handler(): Promise<LatestApprovedModel & { readonly statusCode: 200 }> {
  const { MODEL_PACKAGE_GROUP: group, ACCEPTED: accepted } = process.env;
  if (!group) throw new Error("The variable MODEL_PACKAGE_GROUP must hold the ARN of a model package group");
  if (!accepted) throw new Error("The variable ACCEPTED must hold what a version may consist of");
  return {
    statusCode: 200,
    ...(await latestApprovedModel(clients, group, JSON.parse(accepted) as AcceptedVersions)),
  };
}
