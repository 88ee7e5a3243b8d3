import type { Estate, WorkloadEnvironment } from "../config/schema";
import { alarmArn, bucketArn, logGroupArn, type AccountRegion } from "../core/arns";
import { inBucketsOf } from "../core/bucket-owner";
import { endpointNames } from "../core/naming";
import type { IdentityStatement } from "../core/policy";
import { interfaceStatements } from "../modules/ec2/statements";
import { useThroughS3Statement } from "../modules/kms/statements";
import { readablePrefixes } from "../modules/s3/artifact-statements";
import { imageStatements } from "../pipelines/definition/permissions";
import type { ModelDefinition } from "../pipelines/model";
import { endpointSettingsOf } from "./kinds/endpoint/settings-of";
import { inNetwork } from "./kinds/foundation/in-network";
import { accountRegionOf, namesOfRegistry, namesOfWorkload, registryOf, upstreamOf } from "./topology";
import { acceptedVersions } from "./model-versions";
import { requestStatements } from "./requests";

/**
 * What an endpoint does as its role: read versions of its model, write what it captures and says, look at its own alarms.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
 */
export function servingRolePolicies(
  estate: Estate,
  workload: WorkloadEnvironment,
  model: ModelDefinition,
): Readonly<Record<string, readonly IdentityStatement[]>> {
  const where = accountRegionOf(workload);
  const names = endpointNames(estate.shared.project, model.name);
  const { kind } = endpointSettingsOf(workload, model);
  return {
    serve: [
      ...readVersions(estate, workload, model),
      ...(kind === "real-time" ? capture(estate, workload, names.capturePrefix) : []),
      ...(kind === "asynchronous" ? requestStatements(estate, workload, names) : []),
      ...(kind === "serverless" ? [] : [lookAtAlarms(where)]),
      {
        Sid: "Logs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [`${logGroupArn(where, names.logGroup)}:*`],
      },
      {
        Sid: "Metrics",
        Effect: "Allow",
        Action: ["cloudwatch:PutMetricData"],
        Resource: ["*"],
        Condition: { StringLike: { "cloudwatch:namespace": ["/aws/sagemaker/*", "aws/sagemaker/*"] } },
      },
    ],
    images: imagesOf(estate, workload, model),
    ...(kind === "serverless" ? {} : inNetwork(estate, workload, interfaceStatements)),
  };
}

/** Those that roll an update back. */
const lookAtAlarms = (where: AccountRegion): IdentityStatement => ({
  Sid: "Alarms",
  Effect: "Allow",
  Action: ["cloudwatch:DescribeAlarms"],
  Resource: [alarmArn(where, "*")],
});

function readVersions(
  estate: Estate,
  workload: WorkloadEnvironment,
  model: ModelDefinition,
): IdentityStatement[] {
  const registry = registryOf(estate, workload);
  const bucket = bucketArn(registry, namesOfRegistry(estate, registry).artifactsBucket);
  const upstream = upstreamOf(estate, workload);
  const prefixes = readablePrefixes(model.name, {
    environment: workload.name,
    upstream: upstream.map(({ name }) => name),
  });
  return [
    ...inBucketsOf(registry.account, [
      {
        Sid: "Versions",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: prefixes.map((prefix) => `${bucket}/${prefix}*`),
      },
    ]),
    ...[workload, ...upstream].map((source) =>
      useThroughS3Statement(`KeyOf${source.account}`, accountRegionOf(source), {
        alias: namesOfWorkload(estate, source).keyAlias,
        buckets: [bucket],
        actions: ["kms:Decrypt"],
      }),
    ),
  ];
}

function capture(estate: Estate, workload: WorkloadEnvironment, prefix: string): IdentityStatement[] {
  const { dataBucket, keyAlias } = namesOfWorkload(estate, workload);
  const bucket = bucketArn(workload, dataBucket);
  return [
    ...inBucketsOf(workload.account, [
      { Sid: "Capture", Effect: "Allow", Action: ["s3:PutObject"], Resource: [`${bucket}/${prefix}*`] },
    ]),
    useThroughS3Statement("CaptureKey", accountRegionOf(workload), {
      alias: keyAlias,
      buckets: [bucket],
      actions: ["kms:GenerateDataKey"],
    }),
  ];
}

/** Images that versions may have: those that its pipelines register. */
function imagesOf(
  estate: Estate,
  workload: WorkloadEnvironment,
  model: ModelDefinition,
): IdentityStatement[] {
  const pulls = acceptedVersions(estate, workload, model).images.map(imageStatements);
  const once = new Map(pulls.flat().map((statement) => [JSON.stringify(statement), statement]));
  return [...once.values()];
}
