import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { GetObjectCommand, paginateListObjectsV2, S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Environment, Estate } from "../../config/schema";
import { accessAccount } from "../../deploy/access/account-access";

/** Clients of one account, as its administrator. */
export interface AccountClients {
  readonly s3: S3Client;
  readonly sagemaker: SageMakerClient;
  readonly runtime: SageMakerRuntimeClient;
  readonly eventBridge: EventBridgeClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
}

export async function clientsOf(estate: Estate, environment: Environment): Promise<AccountClients> {
  const access = await accessAccount(environment, estate.shared.adminRole);
  return {
    s3: new S3Client(access),
    sagemaker: new SageMakerClient(access),
    runtime: new SageMakerRuntimeClient(access),
    eventBridge: new EventBridgeClient(access),
    sns: new SNSClient(access),
    sqs: new SQSClient(access),
  };
}

/** Text of an object in S3. */
export async function textAt(s3: S3Client, uri: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand(placeIn(uri)));
  return (await Body?.transformToString()) ?? "";
}

/** Texts of all objects in S3 whose URIs begin with a prefix, in the order of their keys. */
export async function textsBelow(s3: S3Client, prefix: string): Promise<string[]> {
  const { Bucket, Key: Prefix } = placeIn(prefix);
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix }))
    keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
  return Promise.all(keys.map((key) => textAt(s3, `s3://${Bucket}/${key}`)));
}

function placeIn(uri: string): { readonly Bucket: string; readonly Key: string } {
  const [, Bucket = "", Key = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  return { Bucket, Key };
}
