import { z } from "zod";
import { statementId } from "../definition/rendered/own-statement";

/**
 * What a model may ask for: to read, write, call and send. What is not here makes or changes things, says who may do what, or starts
 * jobs, which would pass by the conditions that jobs have here.
 */
const actions: Readonly<Record<string, readonly string[]>> = {
  athena: ["GetQueryExecution", "GetQueryResults", "StartQueryExecution", "StopQueryExecution"],
  dynamodb: [
    "BatchGetItem",
    "BatchWriteItem",
    "DescribeTable",
    "GetItem",
    "PutItem",
    "Query",
    "Scan",
    "UpdateItem",
  ],
  ecr: ["BatchGetImage"],
  events: ["PutEvents"],
  firehose: ["PutRecord", "PutRecordBatch"],
  glue: ["GetDatabase", "GetPartition", "GetPartitions", "GetTable"],
  kinesis: ["PutRecord", "PutRecords"],
  lambda: ["InvokeFunction"],
  s3: ["GetObject", "PutObject"],
  sagemaker: ["BatchGetRecord", "DescribeFeatureGroup", "GetRecord", "InvokeEndpoint", "PutRecord"],
  secretsmanager: ["GetSecretValue"],
  sns: ["Publish"],
  sqs: ["SendMessage"],
  ssm: ["GetParameter", "GetParameters"],
};

const serviceOf = (action: string): string => action.split(":")[0] ?? "";

/** Why an action may not be asked for; undefined where it may. */
function faultOfAction(action: string): string | undefined {
  if (/[*?]/.test(action))
    return `must name one action: a wildcard allows what nobody has read, got: "${action}"`;
  const service = serviceOf(action);
  const known = actions[service];
  if (known?.includes(action.slice(service.length + 1))) return undefined;
  return (
    `must read, write, call or send (${known ? `of ${service}: ${known.join(", ")}` : Object.keys(actions).join(", ")}): ` +
    `who may do what, and what there is, the stacks say, got: "${action}"`
  );
}

const s3Pattern = /^s3:\/\/[a-z0-9{][\w{}.-]*\/[^*?\s/][^*?\s]*$/;
/** A wildcard stands behind a name: behind a slash or a colon it would be for all. */
const arnPattern = /^arn:aws:([a-z0-9-]+):\{region\}:\{account\}:[\w/][\w{}./:-]*(?:[\w}.-]\*|[\w}])$/;

/** Why a resource may not be asked for; undefined where it may. */
function faultOfResource(resource: string, service: string): string | undefined {
  const [, unknown] = /\{(?!(?:region|account|data_bucket)\})([^}]*)\}/.exec(resource) ?? [];
  if (unknown !== undefined)
    return `has {region}, {account} and {data_bucket} alone to be filled in, got: "{${unknown}}"`;
  if (service === "s3")
    return s3Pattern.test(resource)
      ? undefined
      : `must be s3://BUCKET/PREFIX, which is what is below it, without a wildcard, got: "${resource}"`;
  const [, of] = arnPattern.exec(resource) ?? [];
  return of === service
    ? undefined
    : `must be arn:aws:${service}:{region}:{account}:NAME: in the account that the pipeline runs in, and by name, ` +
        `with a wildcard behind the name at most, got: "${resource}"`;
}

const statement = z
  .strictObject({
    reason: z
      .string()
      .min(10, "must say why, in ten characters or more")
      .max(120, "must have 120 characters at most")
      .regex(/^[A-Za-z]/, "must begin with a letter")
      .describe("Why it is needed: reviewers read it in plans and in the access matrix."),
    steps: z
      .array(z.string().min(1))
      .min(1, "must name the steps that need it")
      .describe("The steps that need it. Pipelines without one of them do not get it."),
    actions: z
      .array(z.string())
      .min(1, "must name an action")
      .describe("Actions of one service, by name: dynamodb:GetItem."),
    resources: z
      .array(z.string())
      .min(1, "must name a resource")
      .describe(
        "ARNs, arn:aws:dynamodb:{region}:{account}:table/rates; of S3, s3://rates-{account}/monthly/. {data_bucket} is the account's own.",
      ),
  })
  .superRefine(({ actions: asked, resources }, context) => {
    const service = serviceOf(asked[0] ?? "");
    const complain = (path: (string | number)[], message: string | undefined) => {
      if (message !== undefined) context.addIssue({ code: "custom", path, message });
    };
    asked.forEach((action, at) => {
      complain(["actions", at], faultOfAction(action));
    });
    if (asked.some((action) => serviceOf(action) !== service))
      complain(["actions"], "must be of one service: resources are its own");
    if (service in actions)
      resources.forEach((resource, at) => {
        complain(["resources", at], faultOfResource(resource, service));
      });
  });

/** What a model asks for beside what follows from its definitions. */
export const permissions = z.array(statement).superRefine((statements, context) => {
  const ids = statements.map(({ reason }) => statementId(reason));
  ids.forEach((id, at) => {
    if (ids.indexOf(id) < at)
      context.addIssue({
        code: "custom",
        path: [at, "reason"],
        message: "must not be that of another: what has one reason is one statement, or two of two services",
      });
  });
});
