import type { RequestContext } from "../../audit/question";
import { textOf, type Call } from "./call";
import { makesObject } from "./s3-actions";

/**
 * Condition keys that a call gives; those that AWS does not give for an action are left out by whoever decides.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function contextOf(call: Call): RequestContext {
  const { caller, region } = call;
  return {
    "aws:PrincipalArn": caller.role,
    "aws:PrincipalAccount": caller.account,
    "aws:PrincipalType": "AssumedRole",
    "aws:RequestedRegion": region,
    "aws:SecureTransport": "true", // the plain HTTP of this machine counts as TLS
    ...tagsIn(call),
    ...(ofService[call.service]?.(call) ?? {}),
  };
}

const ofService: Readonly<Record<string, (call: Call) => RequestContext>> = {
  s3: (call) => ({
    ...s3Headers(call),
    "s3:ObjectCreationOperation": String(makesObject(call.operation)),
    ...texts(call, { "s3:prefix": "Prefix", "s3:delimiter": "Delimiter", "s3:VersionId": "VersionId" }),
  }),
  sagemaker: (call) => ({
    ...texts(call, { "sagemaker:ModelApprovalStatus": "ModelApprovalStatus" }),
    ...nested(call, {
      "sagemaker:InterContainerTrafficEncryption": "EnableInterContainerTrafficEncryption",
      "sagemaker:NetworkIsolation": "EnableNetworkIsolation",
      "sagemaker:OutputKmsKey": "KmsKeyId",
      "sagemaker:VolumeKmsKey": "VolumeKmsKeyId",
      "sagemaker:VpcSecurityGroupIds": "SecurityGroupIds",
      "sagemaker:VpcSubnets": "Subnets",
    }),
  }),
  events: ({ parameters }) => targetsIn(parameters.Targets),
  iam: (call) =>
    texts(call, { "iam:PolicyARN": "PolicyArn", "iam:PermissionsBoundary": "PermissionsBoundary" }),
  kms: (call) => ({ "kms:CallerAccount": call.caller.account }),
  lambda: (call) => texts(call, { "lambda:Principal": "Principal" }),
  sns: (call) => texts(call, { "sns:Protocol": "Protocol", "sns:Endpoint": "Endpoint" }),
  sts: (call) =>
    texts(call, {
      "sts:ExternalId": "ExternalId",
      "sts:RoleSessionName": "RoleSessionName",
      "sts:SourceIdentity": "SourceIdentity",
    }),
};

/** Not the queues that targets have for what cannot be delivered. */
function targetsIn(targets: unknown): RequestContext {
  if (!Array.isArray(targets)) return {};
  return { "events:TargetArn": (targets as readonly Named[]).map(({ Arn = "" }) => Arn) };
}

type Named = Readonly<Record<string, string>>;

const texts = (call: Call, keys: Named): RequestContext =>
  Object.fromEntries(
    Object.entries(keys).flatMap(([key, parameter]) => {
      const value = textOf(call, parameter);
      return value === undefined ? [] : [[key, value]];
    }),
  );

/** Of parameters within others: one value, or all of them. */
function nested({ parameters }: Call, keys: Named): RequestContext {
  return Object.fromEntries(
    Object.entries(keys).flatMap(([key, name]) => {
      const found = [...valuesNamed(name, parameters)];
      return found.length === 0 ? [] : [[key, found.length === 1 ? (found[0] ?? "") : found]];
    }),
  );
}

function* valuesNamed(name: string, value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === name) yield* [inner].flat().map(String);
    else yield* valuesNamed(name, inner);
  }
}

const s3Headers = ({ headers }: Call): RequestContext =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith("x-amz-") || name === "if-none-match" || name === "if-match")
      .map(([name, value]) => [`s3:${name}`, value]),
  );

/** `Tags` are a list of pairs, or a map. */
function tagsIn({ parameters }: Call): RequestContext {
  const given = parameters.Tags ?? parameters.tags;
  if (typeof given !== "object" || given === null) return {};
  const pairs = Array.isArray(given)
    ? (given as readonly Named[]).map((tag) => [
        tag.Key ?? tag.TagKey ?? tag.key ?? "",
        tag.Value ?? tag.TagValue ?? tag.value ?? "",
      ])
    : Object.entries(given as Named);
  return {
    ...Object.fromEntries(pairs.map(([key, value]) => [`aws:RequestTag/${key ?? ""}`, value ?? ""])),
    "aws:TagKeys": pairs.map(([key]) => key ?? ""),
  };
}
