import type { Estate } from "../config/schema";
import { accessRoleName, accessRoles, type AccessRole } from "../core/access-roles";
import { bucketArn } from "../core/arns";
import { accountNames } from "../core/naming";
import type { Cell } from "./matrix";
import { describe, isOneOf, nobodyMay, type Rule } from "./rule";

const stateBucketOf = (
  { shared: { project } }: Estate,
  { name, account, names }: Estate["environments"][number],
): string =>
  accountNames({ project, environment: name, account }, { stateBucket: names.stateBucket }).stateBucket;

/** A role for daily work, as the matrix has it. */
function nameOf({ environments, shared }: Estate, account: string, role: AccessRole): string | undefined {
  const environment = environments.find((one) => one.account === account);
  return environment && `${environment.name}/${accessRoleName(shared.project, role)}`;
}

/** Whether an account's file names somebody for the very role. */
function isNamedFor({ environments, shared }: Estate, arn: string, { account, resource }: Cell): boolean {
  const access = environments.find((one) => one.account === account)?.access ?? {};
  return accessRoles.some(
    (role) =>
      resource.endsWith(`:role/${accessRoleName(shared.project, role)}`) &&
      ((access as Readonly<Partial<Record<AccessRole, readonly string[]>>>)[role] ?? []).includes(arn),
  );
}

const isRead = (action: string): boolean =>
  /^[\w-]+:(BatchGetProjects$|Describe|Filter|GET$|Get|List|Lookup|ValidateStateMachineDefinition$)/.test(
    action,
  );

/** What any account's role for daily work may do beyond what it is for. */
const mayOnly =
  (role: AccessRole, isFine: (cell: Cell) => boolean): Rule["broken"] =>
  ({ cells }, { environments, shared }) => {
    const names = environments.map(({ name }) => `${name}/${accessRoleName(shared.project, role)}`);
    return cells
      .filter((cell) => !isFine(cell))
      .flatMap((cell) =>
        cell.allowed.filter((name) => names.includes(name)).map((name) => `${name}: ${describe(cell)}`),
      );
  };

/** What people may, by the roles for daily work. */
export const peopleRules: readonly Rule[] = [
  {
    title: "Only the registry's administrators and approvers approve a version",
    broken: (matrix, estate) =>
      nobodyMay(
        ({ when }) => when["sagemaker:ModelApprovalStatus"] === "Approved",
        (name, { account }) => name === nameOf(estate, account, "approver"),
      )(matrix, estate),
  },
  {
    title: "An approver sees versions and decides on them, and no more",
    broken: mayOnly("approver", ({ action }) =>
      /^sagemaker:((Describe|List)ModelPackage|UpdateModelPackage$)/.test(action),
    ),
  },
  {
    title: "A scientist decides on no version, changes no pipeline and reads no data",
    broken: mayOnly("scientist", ({ action, resource }) =>
      action.startsWith("s3:GetObject")
        ? resource.endsWith("/evaluation/evaluation.json")
        : isRead(action) ||
          /^(kms:(Decrypt|GenerateDataKey)|s3:PutObject|sagemaker:(Start|Stop)PipelineExecution|states:(Start|Stop)Execution)$/.test(
            action,
          ),
    ),
  },
  {
    title: "An auditor reads no object, decrypts nothing and writes nothing",
    broken: mayOnly("auditor", ({ action }) => isRead(action) && !action.startsWith("s3:GetObject")),
  },
  {
    title: "A planner writes nothing, and of objects reads states and scripts",
    broken: (matrix, estate) => {
      const states = estate.environments.map((one) => bucketArn(one, stateBucketOf(estate, one)));
      return mayOnly("planner", ({ action, resource }) =>
        action.startsWith("s3:GetObject")
          ? resource.includes("/scripts/") || states.some((bucket) => resource.startsWith(`${bucket}/`))
          : isRead(action) || action === "kms:Decrypt",
      )(matrix, estate);
    },
  },
  {
    title: "Only a CI server, and whom an environment's file names, assumes a role",
    broken: (matrix, estate) => {
      const servers = estate.environments.flatMap((one) =>
        one.kind === "ci"
          ? [one.jenkinsServerRole, one.jenkinsServer?.user ?? ""].map((server) => `${one.name}/${server}`)
          : [],
      );
      return nobodyMay(
        isOneOf(/^sts:/),
        (name, cell) => servers.includes(name) || isNamedFor(estate, name, cell),
      )(matrix, estate);
    },
  },
];
