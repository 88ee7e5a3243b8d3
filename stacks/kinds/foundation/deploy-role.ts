import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { bucketArn, roleArn, type AccountRegion } from "../../../core/arns";
import { inBucketsOf } from "../../../core/bucket-owner";
import { managementStatements } from "../../../core/management";
import { evaluationFile, heldOutFile } from "../../../core/releases";
import { modelRoles, type WorkloadNames } from "../../../core/naming";
import type { IdentityStatement } from "../../../core/policy";
import { statePrefix, workspacePrefix } from "../../../core/state-keys";
import { passRolesStatements } from "../../../modules/iam/pass-role-statements";
import {
  listAliasesStatement,
  useByAliasStatement,
  useThroughS3Statement,
} from "../../../modules/kms/statements";
import { writeLogsStatement } from "../../../modules/logs/statements";
import { prefixWriteStatements } from "../../../modules/s3/statements";
import type { CiStackNeeds } from "../../context";
import { accountRegionOf, downstreamOf, namesOfWorkload } from "../../topology";

type Policies = Readonly<Record<string, readonly IdentityStatement[]>>;

/** What the deploy role needs whatever it applies: whom it may hand roles to, files, states, its log. */
export function deployRolePolicies(
  estate: Estate,
  workload: WorkloadEnvironment,
  stacks: readonly CiStackNeeds[],
): Policies {
  const names = namesOfWorkload(estate, workload);
  const where = accountRegionOf(workload);
  const files = stacks.flatMap(({ dataPrefixes }) => dataPrefixes);
  const states = stacks.map(({ id }) => statePrefix(id));
  const data = bucketArn(workload, names.dataBucket);
  const state = bucketArn(workload, names.stateBucket);
  return {
    ...(stacks.length > 0 && {
      "pass-roles": passRolesStatements(stacks.flatMap(({ passes }) => passes)),
    }),
    "scripts-and-state": [
      ...inBucketsOf(workload.account, [
        ...(files.length > 0
          ? prefixWriteStatements("Scripts", data, { prefixes: files, deletesVersions: true })
          : []),
        ...(states.length > 0
          ? prefixWriteStatements("States", state, { prefixes: states, listed: [workspacePrefix] })
          : []),
      ]),
      ...keyStatements(where, { [names.keyAlias]: data, [names.stateKeyAlias]: state }),
    ],
    "jenkins-log": [writeLogsStatement("Logs", where, names.jenkinsLogGroup)],
  };
}

/** First parts of the names of what each model has. */
const rolesOfModels = ({
  executionRole,
  lambdaRole,
  retrainingRole,
  sealingRole,
}: WorkloadNames): string[] => [executionRole, lambdaRole, retrainingRole, sealingRole];

/**
 * Keys by the bucket whose objects it writes: it finds them by their aliases, and decrypts by way of S3 alone, which gives it scripts
 * and states and nothing else of what the same key encrypts.
 */
const keyStatements = (
  where: AccountRegion,
  buckets: Readonly<Record<string, string>>,
): IdentityStatement[] => [
  ...Object.entries(buckets).map(([alias, bucket], at) =>
    useThroughS3Statement(`KeyOfBucket${at + 1}`, where, {
      alias,
      buckets: [bucket],
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    }),
  ),
  useByAliasStatement("Keys", where, Object.keys(buckets), ["kms:DescribeKey"]),
  listAliasesStatement,
];

/** To see whether what an administrator applies first stands. */
function seeNeedsStatements(
  workload: WorkloadEnvironment,
  roles: readonly string[],
  stacks: readonly CiStackNeeds[],
): IdentityStatement[] {
  const needs = stacks.flatMap((stack) => stack.needs);
  const see = (sid: string, actions: readonly string[], resources: readonly string[]): IdentityStatement => ({
    Sid: sid,
    Effect: "Allow",
    Action: actions,
    Resource: [...new Set(resources)],
  });
  return [
    see(
      "Policies",
      ["iam:GetPolicy", "iam:GetPolicyVersion"],
      needs.flatMap((need) => ("policy" in need ? [need.policy] : [])),
    ),
    see(
      "RolePolicies",
      ["iam:GetRolePolicy"],
      roles.map((base) => roleArn(workload, modelRoles(base))),
    ),
    see(
      "PackageGroups",
      ["sagemaker:DescribeModelPackageGroup"],
      needs.flatMap((need) => ("packageGroup" in need ? [need.packageGroup] : [])),
    ),
  ].filter(({ Resource }) => [Resource].flat().length > 0);
}

/** What grows with the stacks: managed policies, one a service and one for what comes first, so that there is room for many. */
export function managedDeployPolicies(
  estate: Estate,
  workload: WorkloadEnvironment,
  stacks: readonly CiStackNeeds[],
): Policies {
  const management = managementPolicies(stacks);
  const releasing = [...(management[releases] ?? []), ...readEvaluationsStatements(estate, workload)];
  return {
    ...management,
    ...(releasing.length > 0 && { [releases]: releasing }),
    ...(stacks.length > 0 && {
      "jenkins-sees-what-comes-first": seeNeedsStatements(
        workload,
        rolesOfModels(namesOfWorkload(estate, workload)),
        stacks,
      ),
    }),
  };
}

const releases = "jenkins-manages-releases";

/** A release is tested with the rows that its version was evaluated on, by whoever releases it here or further on. */
function readEvaluationsStatements(estate: Estate, workload: WorkloadEnvironment): IdentityStatement[] {
  const trained = Object.entries(workload.models).filter(([, { pipelines }]) => pipelines?.length !== 0);
  const isReleased = [workload, ...downstreamOf(estate, workload)].some(
    ({ ci, models }) => ci !== undefined && trained.some(([name]) => models[name]?.endpoint !== undefined),
  );
  const { dataBucket } = namesOfWorkload(estate, workload);
  const data = bucketArn(workload, dataBucket);
  return isReleased
    ? inBucketsOf(workload.account, [
        {
          Sid: "Evaluations",
          Effect: "Allow",
          Action: ["s3:GetObject"],
          Resource: [evaluationFile, heldOutFile].map((file) => `${data}/*${file}`),
        },
      ])
    : [];
}

/** What applying takes, by service. */
export const managementPolicies = (stacks: readonly Pick<CiStackNeeds, "services">[]): Policies =>
  Object.fromEntries(
    Object.entries(managementStatements(stacks.flatMap(({ services }) => services))).map(
      ([service, statements]) => [`jenkins-manages-${service}`, statements],
    ),
  );
