import { z } from "zod";
import { awsRegions } from "./regions";
import { scheduleProblem } from "./schedule";

/** A string that matches a pattern; `rule` is worded to follow the name of the value: "must be …". */
const text = (pattern: RegExp, rule: string) => z.string().regex(pattern, rule);

const accountId = text(/^\d{12}$/, "must be 12 digits, in quotes").describe("AWS account id, 12 digits in quotes.");

const region = z
  .enum(awsRegions, "must be an AWS region, such as us-east-1")
  .describe("AWS region of the account's resources. Default: the region of shared.json.");

const bucketName = text(
  /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  "must be a bucket name: 3 to 63 lower-case letters, digits and dashes",
);

const sagemakerBucket = bucketName.regex(/sagemaker/, 'must contain "sagemaker"');

const roleName = text(/^[\w+=,.@-]{1,64}$/, "must be a role name: 1 to 64 of letters, digits and +=,.@-_");

const environmentName = z.string().describe("Name of another environment: its file's name without .json.");

const email = z.email("must be an e-mail address").describe("An e-mail address that gets every alert.");

const schedule = z
  .string()
  .superRefine((value, context) => {
    const message = scheduleProblem(value);
    if (message) context.addIssue({ code: "custom", message });
  })
  .describe("When batch inference runs, in UTC: an EventBridge cron(...) or rate(...) expression.");

const schemaReference = z.string().optional().describe("Path of the JSON Schema, for editors.");

const stateBucket = bucketName.optional().describe("Name of the account's Terraform state bucket.");

export const modelSettings = z.strictObject({
  inferenceSchedule: schedule.optional(),
  retrainOnDrift: z
    .boolean()
    .default(false)
    .describe("Start training when the data-quality step of an inference run fails. Default: false."),
});

const workload = z
  .strictObject({
    $schema: schemaReference,
    kind: z.literal("workload").describe("An account that trains and runs models."),
    account: accountId,
    region: region.optional(),
    registry: environmentName.describe("Environment that holds the central model registry."),
    ci: environmentName.optional().describe("Environment whose Jenkins server applies the model stacks."),
    promotesTo: environmentName
      .optional()
      .describe("Workload that models go to next; it may read what this account's key encrypted."),
    alertEmails: z
      .array(email)
      .refine((all) => new Set(all).size === all.length, "must not name an address twice")
      .default([])
      .describe("E-mail addresses that get every alert of this account."),
    models: z
      .record(z.string(), modelSettings)
      .default({})
      .describe("The models that run in this account, by the name of their folder in pipelines/."),
    names: z
      .strictObject({
        dataBucket: sagemakerBucket.optional(),
        stateBucket,
        executionRole: roleName.optional(),
        lambdaRole: roleName.optional(),
        deployRole: roleName.optional(),
      })
      .default({})
      .describe("Physical names, where your company dictates them."),
  })
  .meta({ title: "Workload account" });

const registry = z
  .strictObject({
    $schema: schemaReference,
    kind: z.literal("registry").describe("The account of the central model registry."),
    account: accountId,
    region: region.optional(),
    names: z
      .strictObject({ artifactsBucket: sagemakerBucket.optional(), stateBucket })
      .default({})
      .describe("Physical names, where your company dictates them."),
  })
  .meta({ title: "Model registry account" });

const ci = z
  .strictObject({
    $schema: schemaReference,
    kind: z.literal("ci").describe("The account of the Jenkins server."),
    account: accountId,
    region: region.optional(),
    jenkinsServerRole: roleName
      .default("jenkins-server-role")
      .describe("Name of the Jenkins server's role. Default: jenkins-server-role."),
    names: z.strictObject({ stateBucket }).default({}).describe("Physical names, where your company dictates them."),
  })
  .meta({ title: "CI account" });

/** Tag keys the stacks set themselves. */
const reservedTags = ["project", "owner", "environment", "stack", "managed-by"];

const tagKey = text(/^[\w .:/=+@-]{1,128}$/, "must be a tag key: 1 to 128 of letters, digits, spaces and _.:/=+-@")
  .refine((key) => !key.toLowerCase().startsWith("aws:"), "must not start with aws:")
  .refine((key) => !reservedTags.includes(key), `must not be a tag the stacks set: ${reservedTags.join(", ")}`);

const tagValue = text(/^[\w .:/=+@-]{0,256}$/, "must be a tag value: at most 256 of letters, digits, spaces and _.:/=+-@");

export const shared = z
  .strictObject({
    $schema: schemaReference,
    project: text(
      /^[a-z][a-z0-9-]{0,14}[a-z0-9]$/,
      "must be 2 to 16 lower-case letters, digits and dashes, starting with a letter",
    ).describe("Prefix of every name the project gives."),
    owner: z.string().min(1, "must not be empty").describe("The team that owns everything; becomes a tag."),
    region: region.describe("AWS region of every account that names none of its own."),
    adminRole: roleName
      .default("OrganizationAccountAccessRole")
      .describe("Role an administrator assumes in each account. Default: OrganizationAccountAccessRole."),
    tags: z
      .record(tagKey, tagValue)
      .refine((tags) => Object.keys(tags).length <= 40, "must be at most 40 tags")
      .default({})
      .describe("Tags on every resource, beside project, owner, environment, stack and managed-by."),
  })
  .meta({ title: "What all accounts share" });

/** One account file. */
export const account = z.discriminatedUnion("kind", [workload, registry, ci]);

type Named<Settings> = Readonly<Settings> & { readonly name: string; readonly region: (typeof awsRegions)[number] };

export type SharedSettings = Readonly<z.output<typeof shared>>;
export type ModelSettings = Readonly<z.output<typeof modelSettings>>;
export type WorkloadEnvironment = Named<z.output<typeof workload>>;
export type RegistryEnvironment = Named<z.output<typeof registry>>;
export type CiEnvironment = Named<z.output<typeof ci>>;

/** One account with its defaults resolved; `name` is its file's name. */
export type Environment = WorkloadEnvironment | RegistryEnvironment | CiEnvironment;

/** The whole configuration: what all accounts share, and the accounts by name. */
export interface Estate {
  readonly shared: SharedSettings;
  readonly environments: readonly Environment[];
}
