import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Environment, Estate } from "../../config/schema";
import { accessAccount } from "../../deploy/access/account-access";

/** Clients of one account, as its administrator. */
export interface AccountClients {
  readonly s3: S3Client;
  readonly sagemaker: SageMakerClient;
  readonly eventBridge: EventBridgeClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
}

export async function clientsOf(estate: Estate, environment: Environment): Promise<AccountClients> {
  const access = await accessAccount(environment, estate.shared.adminRole);
  return {
    s3: new S3Client(access),
    sagemaker: new SageMakerClient(access),
    eventBridge: new EventBridgeClient(access),
    sns: new SNSClient(access),
    sqs: new SQSClient(access),
  };
}

/** Text of an object in S3. */
export async function textAt(s3: S3Client, uri: string): Promise<string> {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToString()) ?? "";
}
