import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { modelLike } from "../../bench/estates/models";
import type { Estate } from "../../config/schema";
import { mammoSeverity } from "../../pipelines/mammo-severity/model";
import type { ModelDefinition } from "../../pipelines/model";
import { readEstate } from "../../stacks/known";
import { estateFolder } from "./environments";
import { temporaryFolder } from "./temporary-folder";
import { threePipelines } from "./three-pipelines";

/** A change of the tests' estate by whoever owns it. */
export interface EstateChange {
  /** What each file gets, key by key; undefined for a file that goes, and for a key that goes. */
  readonly files?: Readonly<Record<string, object | undefined>>;
  /** The models that there are. @default the shipped one */
  readonly models?: readonly ModelDefinition[];
}

/** An estate, and the models that it may name. */
export interface ChangedEstate {
  readonly estate: Estate;
  readonly models: readonly ModelDefinition[];
  /** Its environment files. */
  readonly folder: string;
}

export function changedEstate({ files = {}, models = [mammoSeverity] }: EstateChange = {}): ChangedEstate {
  const folder = temporaryFolder();
  cpSync(estateFolder, folder, { recursive: true });
  for (const [name, changes] of Object.entries(files)) {
    const file = join(folder, name);
    const before = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as object) : {};
    if (changes) writeFileSync(file, JSON.stringify({ ...before, ...changes }));
    else rmSync(file);
  }
  return { estate: readEstate(folder, models), models, folder };
}

const mammo = "mammo-severity";
const people = "arn:aws:iam::666666666666:role";
const settings = { inferenceSchedule: "cron(0 23 * * ? *)", retrainOnDrift: true };
const renamed = {
  ...modelLike(mammoSeverity, "mass-severity"),
  modelPackageGroup: mammoSeverity.modelPackageGroup,
};

/** Every kind of change that an estate sees in its life. */
export const changes = {
  "an environment added": {
    files: {
      "staging.json": {
        kind: "workload",
        account: "555555555555",
        registry: "registry",
        promotesTo: "prod",
        models: { [mammo]: {} },
      },
      "dev.json": { promotesTo: "staging" },
    },
  },
  "an environment removed": { files: { "dev.json": undefined } },
  "an environment renamed": {
    files: {
      "dev.json": undefined,
      "development.json": {
        kind: "workload",
        account: "111111111111",
        registry: "registry",
        promotesTo: "prod",
        models: { [mammo]: {} },
      },
    },
  },
  "a model added": {
    files: { "prod.json": { models: { [mammo]: settings, [threePipelines.name]: {} } } },
    models: [mammoSeverity, threePipelines],
  },
  "a model removed from one environment": { files: { "dev.json": { models: {} } } },
  "a model removed": { files: { "dev.json": { models: {} }, "prod.json": { models: {} } } },
  "a model renamed": {
    files: {
      "dev.json": { models: { [renamed.name]: {} } },
      "prod.json": { models: { [renamed.name]: settings } },
    },
    models: [renamed],
  },
  "a capability added": { files: { "dev.json": { models: { [mammo]: { retrainOnDrift: true } } } } },
  "a capability removed": { files: { "prod.json": { models: { [mammo]: {} } } } },
  "a pipeline removed": { files: { "dev.json": { models: { [mammo]: { pipelines: ["train"] } } } } },
  "Jenkins given an account": { files: { "dev.json": { ci: "jenkins" } } },
  "Jenkins taken an account": { files: { "prod.json": { ci: undefined } } },
  "another schedule": {
    files: { "prod.json": { models: { [mammo]: { ...settings, inferenceSchedule: "rate(1 day)" } } } },
  },
  "another e-mail": { files: { "prod.json": { alertEmails: ["other@example.com"] } } },
  "another tag": { files: { "shared.json": { tags: { "cost-center": "ml" } } } },
  "another owner": { files: { "shared.json": { owner: "another-team" } } },
  "another administrators' role": { files: { "shared.json": { adminRole: "Administrators" } } },
  "daily work given roles": {
    files: {
      "dev.json": { access: { scientist: [`${people}/DataScientists`], planner: [`${people}/Engineers`] } },
      "registry.json": { access: { approver: [`${people}/Approvers`] } },
    },
  },
  "a trail asked for": { files: { "registry.json": { audit: { create: true } } } },
  "a CI server asked on approval": {
    files: {
      "registry.json": {
        onApproval: {
          jenkins: { url: "https://ci.example.com", job: "mlops/deploy", tokenSecret: "ci/jenkins" },
        },
      },
    },
  },
  "an endpoint asked for": { files: { "prod.json": { models: { [mammo]: { ...settings, endpoint: {} } } } } },
  "an endpoint asked for, with an API": {
    files: { "prod.json": { models: { [mammo]: { ...settings, endpoint: {}, api: {} } } } },
  },
  "a container asked for": {
    files: { "dev.json": { models: { [mammo]: { container: { repository: "example/models" } } } } },
  },
  "project templates asked for": {
    files: {
      "prod.json": {
        projectTemplates: { jenkins: { url: "https://ci.example.com", tokenSecret: "ci/projects" } },
      },
    },
  },
  "an account added that only serves": {
    files: {
      "staging.json": {
        kind: "workload",
        account: "555555555555",
        registry: "registry",
        access: { scientist: [`${people}/DataScientists`] },
        models: { [mammo]: { pipelines: [], endpoint: {} } },
      },
    },
  },
  "roles given a boundary": { files: { "prod.json": { permissionsBoundary: "team/Boundary" } } },
  "predictions and splits given days": {
    files: { "prod.json": { retention: { predictions: 90, splits: 30 } } },
  },
  "a network given": {
    files: {
      "prod.json": {
        network: {
          subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
          securityGroupIds: ["sg-0123456789abcdef0"],
        },
      },
    },
  },
  "a Jenkins server outside of AWS": { files: { "jenkins.json": { jenkinsServer: { user: "jenkins" } } } },
  "tokens taken of a Jenkins server outside of AWS": {
    files: {
      "jenkins.json": {
        jenkinsServer: {
          oidc: {
            issuer: "https://ci.example.com/oidc",
            subjects: ["https://ci.example.com/job/mlops/job/main/"],
          },
        },
      },
    },
  },
  "a network asked for": { files: { "prod.json": { network: { create: true } } } },
  "approval asked for": { files: { "dev.json": { requireApproval: true } } },
} satisfies Readonly<Record<string, EstateChange>>;

export type ChangeName = keyof typeof changes;
