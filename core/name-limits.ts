import { createHash } from "node:crypto";

/** What AWS accepts as a name of one kind of resource. */
interface NameLimit {
  readonly max: number;
  readonly pattern: RegExp;
  /** The AWS page that says so. */
  readonly source: string;
}

const docs = "https://docs.aws.amazon.com";

/** AWS's limits on the names this project gives, by kind of resource. */
export const nameLimits = {
  bucket: {
    max: 63,
    pattern: /^[a-z0-9](?:[a-z0-9-]+)[a-z0-9]$/,
    source: `${docs}/AmazonS3/latest/userguide/bucketnamingrules.html`,
  },
  keyAlias: {
    max: 256,
    pattern: /^alias\/(?!aws\/)[a-zA-Z0-9/_-]+$/,
    source: `${docs}/kms/latest/APIReference/API_CreateAlias.html`,
  },
  role: {
    max: 64,
    pattern: /^[\w+=,.@-]+$/,
    source: `${docs}/IAM/latest/APIReference/API_CreateRole.html`,
  },
  user: {
    max: 64,
    pattern: /^[\w+=,.@-]+$/,
    source: `${docs}/IAM/latest/APIReference/API_CreateUser.html`,
  },
  policy: {
    max: 128,
    pattern: /^[\w+=,.@-]+$/,
    source: `${docs}/IAM/latest/APIReference/API_CreatePolicy.html`,
  },
  function: {
    max: 64,
    pattern: /^[a-zA-Z0-9-_]+$/,
    source: `${docs}/lambda/latest/api/API_CreateFunction.html`,
  },
  rule: {
    max: 64,
    pattern: /^[.\-_A-Za-z0-9]+$/,
    source: `${docs}/eventbridge/latest/APIReference/API_PutRule.html`,
  },
  topic: {
    max: 256,
    pattern: /^[a-zA-Z0-9-_]+$/,
    source: `${docs}/sns/latest/api/API_CreateTopic.html`,
  },
  queue: {
    max: 80,
    pattern: /^[a-zA-Z0-9-_]+$/,
    source: `${docs}/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html`,
  },
  alarm: {
    max: 255,
    pattern: /^[^\p{Cc}]+$/u,
    source: `${docs}/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html`,
  },
  logGroup: {
    max: 512,
    pattern: /^[.\-_/#A-Za-z0-9]+$/,
    source: `${docs}/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html`,
  },
  table: {
    max: 255,
    pattern: /^[a-zA-Z0-9_.-]{3,}$/,
    source: `${docs}/amazondynamodb/latest/APIReference/API_CreateTable.html`,
  },
  trail: {
    max: 128,
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9._-]+[a-zA-Z0-9]$/,
    source: `${docs}/awscloudtrail/latest/APIReference/API_CreateTrail.html`,
  },
  endpoint: {
    max: 63,
    pattern: /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/,
    source: `${docs}/sagemaker/latest/APIReference/API_CreateEndpoint.html`,
  },
  endpointConfiguration: {
    max: 63,
    pattern: /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/,
    source: `${docs}/sagemaker/latest/APIReference/API_CreateEndpointConfig.html`,
  },
  stateMachine: {
    max: 80,
    pattern: /^[a-zA-Z0-9_-]+$/,
    source: `${docs}/step-functions/latest/apireference/API_CreateStateMachine.html`,
  },
  api: {
    max: 128,
    pattern: /^[a-zA-Z0-9_-]+$/,
    source: `${docs}/apigatewayv2/latest/api-reference/apis.html`,
  },
  imageRepository: {
    max: 256,
    pattern: /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/,
    source: `${docs}/AmazonECR/latest/APIReference/API_CreateRepository.html`,
  },
  parameter: {
    max: 1011,
    pattern: /^\/[a-zA-Z0-9/_.-]+$/,
    source: `${docs}/systems-manager/latest/APIReference/API_PutParameter.html`,
  },
  connection: {
    max: 32,
    pattern: /^[\w-]+$/,
    source: `${docs}/codeconnections/latest/APIReference/API_CreateConnection.html`,
  },
  buildProject: {
    max: 150,
    pattern: /^[A-Za-z0-9][A-Za-z0-9_-]+$/,
    source: `${docs}/codebuild/latest/userguide/limits.html`,
  },
  deliveryPipeline: {
    max: 100,
    pattern: /^[A-Za-z0-9.@_-]+$/,
    source: `${docs}/codepipeline/latest/APIReference/API_PipelineDeclaration.html`,
  },
  modelPackageGroup: {
    max: 63,
    pattern: /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/,
    source: `${docs}/sagemaker/latest/APIReference/API_CreateModelPackageGroup.html`,
  },
} as const satisfies Record<string, NameLimit>;

export type NamedKind = keyof typeof nameLimits;

/**
 * Joins parts with dashes into a name of the given kind.
 * @throws Error that says which limit of AWS the name breaks, and by how much.
 */
export function resourceName(kind: NamedKind, ...parts: readonly string[]): string {
  const name = parts.join("-");
  const { max, pattern, source } = nameLimits[kind];
  if (name.length > max) {
    throw new Error(
      `${kind} name must be at most ${max} characters, got ${name.length}: "${name}" (${source})`,
    );
  }
  if (!pattern.test(name)) {
    throw new Error(`${kind} name must match ${String(pattern)}, got: "${name}" (${source})`);
  }
  return name;
}

/** A name in which a hash of what it is of takes the place of what AWS has no room for; `last` stays. */
export function shortenedName(
  kind: NamedKind,
  of: string,
  parts: readonly string[],
  ...last: readonly string[]
): string {
  const { max } = nameLimits[kind];
  const whole = [...parts, ...last].join("-");
  if (whole.length <= max) return resourceName(kind, whole);
  const end = [createHash("sha256").update(of).digest("hex").slice(0, 8), ...last].join("-");
  const begin = parts
    .join("-")
    .slice(0, max - end.length - 1)
    .replace(/-$/, "");
  return resourceName(kind, begin, end);
}
