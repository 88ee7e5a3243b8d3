import { z } from "zod";
import { defaultRoleNames } from "../core/naming";
import { access } from "./access";
import { audit } from "./audit";
import {
  accountId,
  bucketName,
  emails,
  environmentReference,
  flag,
  owner,
  policyName,
  projectName,
  region,
  roleName,
  tags,
} from "./formats";
import { jenkinsServer } from "./jenkins-server";
import { network, workloadNetwork } from "./network";
import { object } from "./object";
import { retention } from "./retention";

/** The kinds of account there are. */
export const kinds = ["workload", "registry", "ci"] as const;
export type Kind = (typeof kinds)[number];

/** `describe` gives the text that editors show when the mouse is over a key. */
const inEveryFile = {
  $schema: z
    .string("must be the path of a JSON Schema")
    .optional()
    .describe("The JSON Schema of this file, for editors."),
};

const inEveryAccount = {
  ...inEveryFile,
  account: accountId.describe("AWS account id: 12 digits in quotes."),
  region: region
    .optional()
    .describe(
      "AWS region of what is in this account. Default: the region in shared.json. A workload's is its registry's.",
    ),
  audit,
  permissionsBoundary: policyName
    .optional()
    .describe(
      "Managed policy of this account, with its path, that bounds every role that the stacks make here. Default: none.",
    ),
};

const stateBucket = bucketName
  .optional()
  .describe(
    "Bucket of the account's Terraform states. Default: <project>-<environment>-terraform-state-<account>.",
  );

const names = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  object({ ...shape, stateBucket })
    .default({} as never)
    .describe("Physical names, only where your company dictates them; every other name is computed.");

const roleNamed = (what: string, byDefault: string) =>
  roleName.optional().describe(`Name of the role ${what}. Default: ${byDefault}.`);

const rolesNamed = (what: string, byDefault: string) =>
  roleName
    .optional()
    .describe(`First part of the names of the roles, one a model, that ${what}. Default: ${byDefault}.`);

/** Keys of a workload's file; its models' settings and optional capabilities come on top (`account-schema.ts`). */
export const workloadShape = {
  kind: z.literal("workload").describe("An account that trains models and runs inference."),
  ...inEveryAccount,
  registry: environmentReference.describe(
    "Environment of kind registry where this account's models are registered.",
  ),
  ci: environmentReference
    .optional()
    .describe(
      "Environment of kind ci whose Jenkins applies the model stacks. Default: an administrator does.",
    ),
  promotesTo: environmentReference
    .optional()
    .describe("Workload where this account's models go next: it may read what this account's key encrypted."),
  requireApproval: flag
    .default(false)
    .describe("Whether a person has to approve before Jenkins applies a plan here. Default: false."),
  sharedRoles: flag
    .optional()
    .describe(
      "Whether the roles that all models shared before each had its own are kept, while the models' stacks move. Default: false.",
    ),
  access: access("scientist", "auditor", "planner"),
  retention,
  network: workloadNetwork,
  alertEmails: emails.default([]).describe("E-mail addresses that get every failure alert of this account."),
  names: names({
    dataBucket: bucketName
      .optional()
      .describe(
        "Bucket of data sets and scripts. Default: <project>-<environment>-sagemaker-data-<account>.",
      ),
    executionRole: rolesNamed("run SageMaker pipelines", defaultRoleNames.executionRole),
    lambdaRole: rolesNamed("look up approved models", defaultRoleNames.lambdaRole),
    retrainingRole: rolesNamed("start training on data drift", defaultRoleNames.retrainingRole),
    sealingRole: rolesNamed("keep registered versions", defaultRoleNames.sealingRole),
    deployRole: roleNamed("that Jenkins assumes", defaultRoleNames.deployRole),
  }),
};

export const registryShape = {
  kind: z.literal("registry").describe("The account of a central model registry."),
  ...inEveryAccount,
  access: access("approver", "auditor", "planner"),
  network: network.describe(
    "A network that stands already, in which the function runs that asks the CI server (onApproval); it leads to that server, Secrets Manager, DynamoDB and SQS. Default: Lambda's own.",
  ),
  names: names({
    artifactsBucket: bucketName
      .optional()
      .describe("Bucket of model artifacts. Default: <project>-sagemaker-artifacts-<account>."),
  }),
};

export const ciShape = {
  kind: z.literal("ci").describe("The account of a Jenkins server."),
  ...inEveryAccount,
  access: access("auditor", "planner"),
  jenkinsServerRole: roleName
    .default("jenkins-server-role")
    .describe("Name of the role the Jenkins server runs as. Default: jenkins-server-role."),
  jenkinsServer,
  names: names({}),
};

/** What can be checked of an account file whose kind is not known. */
export const accountOfUnknownKind = z.looseObject({
  kind: z.enum(kinds, `must be one of ${kinds.map((kind) => `"${kind}"`).join(", ")}`),
  account: accountId,
  region: region.optional(),
});

/** shared.json. */
export const sharedSchema = object({
  ...inEveryFile,
  project: projectName.describe(
    "First part of every name: 2 to 16 lower-case letters, digits and single dashes.",
  ),
  owner: owner.describe("The team that owns everything; becomes a tag."),
  region: region.describe("AWS region of every account that names none of its own."),
  adminRole: roleName
    .default("OrganizationAccountAccessRole")
    .describe("Role that administrators assume in each account. Default: OrganizationAccountAccessRole."),
  tags: tags
    .default({})
    .describe("Tags on every resource, beside project, owner, environment, stack and managed-by."),
}).meta({ title: "What all accounts share (shared.json)" });

type Frozen<Value> = Value extends object ? { readonly [Key in keyof Value]: Frozen<Value[Key]> } : Value;
type Resolved<Settings> = Frozen<Omit<Settings, "$schema" | "region">> & {
  /** The environment's name, from its file's. */
  readonly name: string;
  readonly region: string;
};

export type SharedSettings = Frozen<Omit<z.output<typeof sharedSchema>, "$schema">>;

/** What an environment file says of one of its models: which pipelines run, and the settings that the model knows. */
export interface ModelSettings {
  /** Short names. @default all of the model's */
  readonly pipelines?: readonly string[];
  readonly [setting: string]: unknown;
}

type Shape = Readonly<Record<string, z.ZodType>>;
type Settings<Keys extends Shape> = Resolved<z.output<z.ZodObject<Keys>>>;

export type WorkloadEnvironment = Settings<typeof workloadShape> & {
  readonly models: Readonly<Record<string, ModelSettings>>;
};
export type RegistryEnvironment = Settings<typeof registryShape>;
export type CiEnvironment = Settings<typeof ciShape>;

/** One account with its defaults resolved. */
export type Environment = WorkloadEnvironment | RegistryEnvironment | CiEnvironment;

/** The whole configuration, frozen. */
export interface Estate {
  readonly shared: SharedSettings;
  /** Sorted by name. */
  readonly environments: readonly Environment[];
}
