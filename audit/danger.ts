import { artifactPrefixes } from "../core/artifacts";
import { strangersAccount } from "./principals";
import type { RequestContext } from "./question";

/** What is asked of every resource of a type, whoever was given it: what would undo a guard, or reach what it guards. */
export interface Danger {
  readonly actions: readonly string[];
  /** Goes behind the resource's ARN. @default nothing */
  readonly below?: string;
  readonly when?: RequestContext;
}

export const algorithm = "s3:x-amz-server-side-encryption";
export const keyId = "s3:x-amz-server-side-encryption-aws-kms-key-id";
export const customerKey = "s3:x-amz-server-side-encryption-customer-algorithm";
export const makesObject = "s3:ObjectCreationOperation";
/** A version's file, in the bucket that has such. */
export const keptFile = `/${artifactPrefixes("any", "any").versions}any`;
export const foreign = (service: string, resource: string): string =>
  `arn:aws:${service}:us-east-1:${strangersAccount}:${resource}`;
export const put = (when: RequestContext): Danger => ({ actions: ["s3:PutObject"], below: "/any", when });
export const plain: RequestContext = { "aws:SecureTransport": "false" };
export const status = (value: string): Danger => ({
  actions: ["sagemaker:CreateModelPackage", "sagemaker:UpdateModelPackage"],
  below: "/1",
  when: { "sagemaker:ModelApprovalStatus": value },
});
export const pass = (service: string): Danger => ({
  actions: ["iam:PassRole"],
  when: { "iam:PassedToService": `${service}.amazonaws.com` },
});
