import type { RequestContext } from "../../audit/question";
import { textOf, type Call } from "./call";
import { makesObject } from "./s3-actions";
import { sagemakerContext } from "./sagemaker-context";

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
    ...networkOf(call),
    ...tagsIn(call),
    ...(ofService[call.service]?.(call) ?? {}),
  };
}

/** Of what a job brings and takes: local AWS knows the VPC of the subnet that the runner names. */
function networkOf({ headers }: Call): RequestContext {
  const vpc = headers["x-local-aws-vpc"];
  return vpc === undefined ? {} : { "aws:SourceVpc": vpc };
}

const ofService: Readonly<Record<string, (call: Call) => RequestContext>> = {
  cloudformation: (call) =>
    texts(call, { "cloudformation:RoleArn": "RoleARN", "cloudformation:TemplateUrl": "TemplateURL" }),
  codeconnections: useOfConnection,
  "codestar-connections": useOfConnection,
  s3: (call) => ({
    ...s3Headers(call),
    ...Object.fromEntries(
      Object.entries(call.objectTags ?? {}).map(([key, value]) => [`s3:ExistingObjectTag/${key}`, value]),
    ),
    "s3:ObjectCreationOperation": String(makesObject(call.operation)),
    ...texts(call, { "s3:prefix": "Prefix", "s3:delimiter": "Delimiter", "s3:VersionId": "VersionId" }),
  }),
  sagemaker: sagemakerContext,
  events: ({ parameters }) => targetsIn(parameters.Targets),
  iam: (call) =>
    texts(call, { "iam:PolicyARN": "PolicyArn", "iam:PermissionsBoundary": "PermissionsBoundary" }),
  kms: (call) => ({ "kms:CallerAccount": call.caller.account, ...encryptionContext(call) }),
  lambda: (call) => texts(call, { "lambda:Principal": "Principal" }),
  sns: (call) => texts(call, { "sns:Protocol": "Protocol", "sns:Endpoint": "Endpoint" }),
  sts: (call) =>
    texts(call, {
      "sts:ExternalId": "ExternalId",
      "sts:RoleSessionName": "RoleSessionName",
      "sts:SourceIdentity": "SourceIdentity",
    }),
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodeconnections.html */
function useOfConnection(call: Call): RequestContext {
  const names = ["FullRepositoryId", "ProviderAction", "ProviderPermissionsRequired"];
  return texts(call, Object.fromEntries(names.map((name) => [`${call.service}:${name}`, name])));
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context */
function encryptionContext({ parameters }: Call): RequestContext {
  const given = (parameters.EncryptionContext ?? {}) as Named;
  const keys = Object.keys(given);
  return keys.length === 0
    ? {}
    : {
        ...Object.fromEntries(keys.map((key) => [`kms:EncryptionContext:${key}`, given[key] ?? ""])),
        "kms:EncryptionContextKeys": keys,
      };
}

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
