import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { DescribeModelPackageGroupCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { Estate } from "../../config/schema";
import type { IdentityStatement } from "../../core/policy";
import type { Need, StackDescription } from "../../stacks/kind";
import { kindOf } from "../../stacks/list";
import type { AccountAccess } from "../access/account-access";
import type { Accounts } from "../access/accounts";
import { applierNames, applierOf } from "../estate/stack-facts";
import { StateObject } from "../estate/state-object";
import { missingFrom } from "./missing-statements";

/**
 * What stacks need that others have not granted yet, one line for each of those others; empty where all stands.
 * @param stacks that are to be applied; what they need of one another they get by the order
 */
export async function lackingPrerequisites(
  accounts: Accounts,
  stacks: readonly StackDescription[],
): Promise<string[]> {
  const lacking = await Promise.all(
    stacks.map(async (stack) => {
      const needs = kindOf(stack)
        .needs(accounts.estate, stack)
        .filter(({ by }) => !stacks.some(({ id }) => id === by.id));
      const findings = await Promise.all(needs.map((need) => lackOf(accounts, stack, need)));
      return describeLacks(stack, findings.flat());
    }),
  );
  return lacking.flat();
}

interface Lack {
  readonly by: StackDescription;
  readonly what: string;
}

function describeLacks({ id }: StackDescription, lacks: readonly Lack[]): string[] {
  const granting = new Map(lacks.map(({ by }) => [by.id, by]));
  return [...granting.values()].map((by) => {
    const what = lacks.filter((lack) => lack.by.id === by.id).map((lack) => lack.what);
    return `${id}: ${by.id} has to be applied first, by ${applierNames[applierOf(by)]}: ${what.join("; ")}`;
  });
}

async function lackOf(accounts: Accounts, stack: StackDescription, need: Need): Promise<Lack[]> {
  // The CI server's role reaches no other account than its own; an administrator's reaches all.
  const reachesBoth = accounts.roleOf(stack) === accounts.roleOf(need.by);
  const access = await accounts.of(reachesBoth ? need.by : stack);
  const what =
    "applied" in need ? await lackOfStack(accounts.estate, need.by, access) : await whatLacks(access, need);
  return what === undefined ? [] : [{ by: need.by, what }];
}

async function lackOfStack(
  estate: Estate,
  stack: StackDescription,
  access: AccountAccess,
): Promise<string | undefined> {
  const { serial } = await new StateObject(estate, stack, access).version();
  return serial > 0 ? undefined : `${kindOf(stack).title} come before what is put in them`;
}

function whatLacks(
  access: AccountAccess,
  need: Exclude<Need, { readonly applied: true }>,
): Promise<string | undefined> {
  if ("packageGroup" in need) return lackOfPackageGroup(access, need.packageGroup);
  const iam = new IAMClient(access);
  return "policy" in need
    ? lackOfPolicy(need.statements, `the policy ${lastOf(need.policy)}`, () =>
        managedPolicy(iam, need.policy),
      )
    : lackOfPolicy(need.statements, `the policy ${need.inlinePolicy} of the role ${lastOf(need.role)}`, () =>
        inlinePolicy(iam, lastOf(need.role), need.inlinePolicy),
      );
}

const lastOf = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

/** What AWS says where something is not there, or where whoever asks has not been let in yet. */
const notThere = [
  "NoSuchEntity",
  "NoSuchEntityException",
  "AccessDenied",
  "AccessDeniedException",
  "ValidationException",
];

/** @param read gives the policy's document, encoded as IAM's answers are */
async function lackOfPolicy(
  wanted: readonly IdentityStatement[],
  what: string,
  read: () => Promise<string | undefined>,
): Promise<string | undefined> {
  try {
    const missing = missingFrom(decodeURIComponent((await read()) ?? ""), wanted);
    return missing.length > 0 ? `${what} does not allow ${missing.join(", ")} yet` : undefined;
  } catch (error) {
    return unlessNotThere(error, what);
  }
}

async function managedPolicy(iam: IAMClient, PolicyArn: string): Promise<string | undefined> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const VersionId = Policy?.DefaultVersionId;
  return (await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }))).PolicyVersion?.Document;
}

const inlinePolicy = async (
  iam: IAMClient,
  RoleName: string,
  PolicyName: string,
): Promise<string | undefined> =>
  (await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))).PolicyDocument;

async function lackOfPackageGroup(access: AccountAccess, arn: string): Promise<string | undefined> {
  try {
    await new SageMakerClient(access).send(
      new DescribeModelPackageGroupCommand({ ModelPackageGroupName: arn }),
    );
    return undefined;
  } catch (error) {
    return unlessNotThere(error, `the package group ${lastOf(arn)}`);
  }
}

/** @throws the error, where it says something else */
function unlessNotThere(error: unknown, what: string): string {
  const { name } = error as Error;
  if (!notThere.includes(name)) throw error;
  return name.startsWith("AccessDenied")
    ? `${what} is not there, or not for this account`
    : `${what} is not there`;
}
