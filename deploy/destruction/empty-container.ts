import { DeleteModelPackageCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { AccountAccess } from "../access/account-access";
import { emptyBucket, s3In } from "../estate/state-bucket";
import { listVersions } from "../../operate/model-packages";
import type { Container } from "./state-contents";

/** Deletes every version of every object in a bucket, or every version of every model in a group. */
export async function emptyContainer(access: AccountAccess, { type, name }: Container): Promise<void> {
  if (type === "aws_s3_bucket") return emptyBucket(s3In(access), name);
  const sagemaker = new SageMakerClient(access);
  for (const { ModelPackageArn } of await listVersions(sagemaker, name))
    await sagemaker.send(new DeleteModelPackageCommand({ ModelPackageName: ModelPackageArn }));
}
