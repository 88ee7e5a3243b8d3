import type { Estate, WorkloadEnvironment } from "../config/schema";
import { workloadNames } from "../core/naming";
import { withinAccount } from "../core/policy";
import type { AccessMatrix, Cell } from "./matrix";
import { anonymous, stranger, strangersAccount } from "./principals";
import { artifactRules } from "./artifact-rules";
import { modelRules } from "./model-rules";
import { makesProjects } from "./project-roles";
import { describe, isOneOf, nobodyMay, type Rule } from "./rule";
import { peopleRules } from "./rules-people";

/** One thing that a rule says must not be. */
export interface Breach {
  readonly rule: string;
  readonly what: string;
}

/** Everything that breaks a rule. */
export const breachesOf = (matrix: AccessMatrix, estate: Estate): Breach[] =>
  rules.flatMap((rule) => rule.broken(matrix, estate).map((what) => ({ rule: rule.title, what })));

const isUpload = ({ action, when }: Cell): boolean =>
  action === "s3:PutObject" &&
  Object.keys(when).some((key) => key.startsWith("s3:x-amz-server-side-encryption"));
const isUnguardedJob = ({ action, when }: Cell): boolean =>
  /^sagemaker:Create\w+Job$/.test(action) &&
  (when["sagemaker:InterContainerTrafficEncryption"] === "false" ||
    ["Output", "Volume"].some((what) =>
      String(when[`sagemaker:${what}KmsKeyArn`]).includes(strangersAccount),
    ));
const isPlain = ({ when }: Cell): boolean => when["aws:SecureTransport"] === "false";
const evenAdministrators =
  (isAbout: (cell: Cell) => boolean): Rule["broken"] =>
  (matrix, estate) => [
    ...nobodyMay(isAbout)(matrix, estate),
    ...matrix.cells
      .filter((cell) => isAbout(cell) && !cell.deniedToAdministrator)
      .map((cell) => `its administrator: ${describe(cell)}`),
  ];

const isWorkload = (environment: Estate["environments"][number]): environment is WorkloadEnvironment =>
  environment.kind === "workload";

/** Whether a workload's models go, by one step or more, from the first to the second. */
function leadsTo(estate: Estate, from: string, to: string): boolean {
  const next = estate.environments.filter(isWorkload).find(({ name }) => name === from)?.promotesTo;
  return next !== undefined && (next === to || leadsTo(estate, next, to));
}

/** Which role EC2 and Lambda take is said by whoever may pass it, who is in its account. */
const isNotPassedWithinAccount = ({ action, service }: AccessMatrix["services"][number]): boolean =>
  !(action === "sts:AssumeRole" && withinAccount.includes(service));

const deployRolesOf = ({ shared: { project }, environments }: Estate): string[] =>
  environments
    .filter(isWorkload)
    .map(
      ({ name, account, names }) =>
        `${name}/${workloadNames({ project, environment: name, account }, names).deployRole}`,
    );

/** Asked of every rule, topic and function: would it work for a stranger. */
const isForeign = ({ action, when }: Cell): boolean =>
  (action === "events:PutTargets" && [when["events:TargetArn"]].flat().join().includes(strangersAccount)) ||
  (action === "sns:Subscribe" && when["sns:Protocol"] !== "email") ||
  (action === "lambda:AddPermission" &&
    !["apigateway.amazonaws.com", "events.amazonaws.com"].includes(String(when["lambda:Principal"])));

/** What a key encrypts is reached by way of the service that keeps it. */
const isBareDecryption = ({ action, when }: Cell): boolean =>
  action === "kms:Decrypt" && when["kms:ViaService"] === undefined;

export const rules: readonly Rule[] = [
  ...artifactRules,
  ...modelRules,
  {
    title: "Nobody outside the estate may do anything",
    broken: (matrix) =>
      matrix.cells.flatMap((cell) =>
        cell.allowed
          .filter((name) => [anonymous, stranger].includes(name))
          .map((name) => `${name}: ${describe(cell)}`),
      ),
  },
  {
    title: "A service acts only for the estate's own resources",
    broken: ({ services }) =>
      services
        .filter(isNotPassedWithinAccount)
        .flatMap((cell) =>
          cell.allowed
            .filter((source) => source !== "own")
            .map(
              (source) =>
                `${cell.service} for ${source === "none" ? "nobody named" : "a foreign account"}: ${describe(cell)}`,
            ),
        ),
  },
  ...peopleRules,
  {
    title: "No role changes what grants access, but that which makes projects' roles, within their boundary",
    broken: (matrix, estate) =>
      nobodyMay(
        isOneOf(
          /^iam:(?!Get|List|PassRole|Tag|Untag)/,
          /^kms:(Put|Schedule|Disable|Revoke|Retire)/,
          /^s3:(Put|Delete)(Bucket|Encryption)/,
          /^cloudtrail:(Put|Stop|Delete|Update)/,
          /^(sns|sqs):AddPermission$/,
          /^sagemaker:(Put|Delete)ModelPackageGroup/,
        ),
        (name, cell) => makesProjects(estate, name, cell),
      )(matrix, estate),
  },
  {
    title: "Roles are passed to SageMaker, EventBridge, Lambda and Step Functions, and to nothing else",
    broken: nobodyMay(
      ({ action, when }) =>
        action === "iam:PassRole" &&
        !/^(sagemaker|events|lambda|states)\./.test(String(when["iam:PassedToService"])),
    ),
  },
  {
    title: "Objects are encrypted with the estate's keys, whoever writes them",
    broken: evenAdministrators(isUpload),
  },
  {
    title: "Jobs encrypt what they write and what their machines say, with the estate's keys",
    broken: nobodyMay(isUnguardedJob),
  },
  { title: "Nothing goes over plain HTTP", broken: evenAdministrators(isPlain) },
  {
    title: "An administrator reaches no other account but through S3 and SageMaker",
    broken: nobodyMay(
      ({ when }) => when["kms:ViaService"] === undefined,
      (name) => !name.startsWith("administrator of ") || name === stranger,
    ),
  },
  {
    title: "A workload reaches another's account only to decrypt what is promoted to it",
    broken: ({ cells }, estate) => {
      const workloads = estate.environments.filter(isWorkload);
      return cells.flatMap((cell) => {
        const owner = workloads.find(({ account }) => account === cell.account);
        if (!owner) return [];
        const others = cell.allowed.filter((name) =>
          workloads.some((other) => other !== owner && name.startsWith(`${other.name}/`)),
        );
        const isRead = ["kms:Decrypt", "kms:DescribeKey"].includes(cell.action);
        return others
          .filter((name) => !(isRead && leadsTo(estate, owner.name, name.split("/")[0] ?? "")))
          .map((name) => `${name}: ${describe(cell)}`);
      });
    },
  },
  {
    title: "CI's role decrypts by way of S3 alone, and adds no target, subscriber or caller from elsewhere",
    broken: (matrix, estate) => {
      const roles = deployRolesOf(estate);
      return matrix.cells
        .filter((cell) => isBareDecryption(cell) || isForeign(cell))
        .flatMap((cell) =>
          cell.allowed.filter((name) => roles.includes(name)).map((name) => `${name}: ${describe(cell)}`),
        );
    },
  },
  {
    title: "Nobody deletes versions of a state, or of an artifact",
    broken: nobodyMay(
      ({ action, resource }) => action === "s3:DeleteObjectVersion" && !resource.includes("/scripts/"),
    ),
  },
];
