import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStacksCommand,
  paginateDescribeStackEvents,
} from "@aws-sdk/client-cloudformation";
import {
  CloudWatchLogsClient,
  paginateDescribeLogGroups,
  paginateFilterLogEvents,
} from "@aws-sdk/client-cloudwatch-logs";
import { LambdaClient, paginateListFunctions } from "@aws-sdk/client-lambda";
import {
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { DescribeProjectCommand, ListProjectsCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { AccountAccess } from "../../../../deploy/access/account-access";
import { collect } from "../../../../operate/pages";
import type { Written } from "./written";

/** What an account tells of logs, stacks, objects, functions and projects, those that are deleted among them. */
export async function* toldByAws(access: AccountAccess): AsyncGenerator<Written> {
  yield* logs(new CloudWatchLogsClient(access));
  yield* stacks(new CloudFormationClient(access));
  yield* objects(new S3Client(access));
  const functions = paginateListFunctions({ client: new LambdaClient(access) }, {});
  yield told("functions", await collect(functions, ({ Functions }) => Functions));
  const sagemaker = new SageMakerClient(access);
  const { ProjectSummaryList = [] } = await sagemaker.send(new ListProjectsCommand({}));
  for (const { ProjectName } of ProjectSummaryList)
    yield told(`project: ${ProjectName}`, await sagemaker.send(new DescribeProjectCommand({ ProjectName })));
}

const told = (where: string, value: unknown): Written => ({
  where,
  content: Buffer.from(JSON.stringify(value)),
});

async function* logs(client: CloudWatchLogsClient): AsyncGenerator<Written> {
  const groups = await collect(paginateDescribeLogGroups({ client }, {}), ({ logGroups }) => logGroups);
  for (const { logGroupName } of groups) {
    const pages = paginateFilterLogEvents({ client }, { logGroupName });
    yield told(`logs: ${logGroupName}`, await collect(pages, ({ events }) => events));
  }
}

async function* stacks(client: CloudFormationClient): AsyncGenerator<Written> {
  const { StackSummaries = [] } = await client.send(new ListStacksCommand({}));
  for (const { StackId: StackName } of StackSummaries) {
    const pages = paginateDescribeStackEvents({ client }, { StackName });
    const events = await collect(pages, ({ StackEvents }) => StackEvents);
    const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName }));
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    yield told(`stack: ${StackName}`, { events, TemplateBody, Stacks });
  }
}

async function* objects(client: S3Client): AsyncGenerator<Written> {
  const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
  for (const { Name: Bucket } of Buckets) {
    const { Versions = [], IsTruncated } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    if (IsTruncated === true) throw new Error(`${Bucket} has more objects than one page tells`);
    for (const { Key, VersionId } of Versions) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, VersionId }));
      const content = Buffer.from((await Body?.transformToByteArray()) ?? []);
      yield { where: `object: ${Bucket}/${Key}`, content };
    }
  }
}
