import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment, Estate } from "../../config/schema";
import type { ByHand } from "../../stacks/kind";
import type { StackDescription } from "../../stacks/list";
import { cache, repository } from "../../tools/paths";
import type { Accounts } from "../access/accounts";
import { freeMemory, parallelRuns } from "../estate/parallelism";
import { awsProvider } from "../../tools/toolchain/provider";
import { mirrorSearchPaths } from "../../tools/toolchain/provider-mirror";
import { kindOf } from "../../stacks/list";
import { checkAccounts, checkIdentity, type AccountCheck } from "./access";
import type { Finding } from "./finding";
import { checkConnections } from "./connections";
import { checkMail } from "./mail";
import { checkQuotas } from "./quotas";
import { checkSecrets } from "./secrets";
import { checkGit, checkMemory, checkNode, checkPackages, checkProvider, checkTerraform } from "./tools";

export { missing, present, type Finding } from "./finding";
export type { AccountCheck } from "./access";

const terraformCache = join(cache, "terraform");

/** What the commands need on this machine; brings nothing. */
export async function examineMachine(): Promise<Finding[]> {
  const { engines } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
    engines: { node: string };
  };
  const version = readFileSync(join(repository, ".terraform-version"), "utf8").trim();
  const provider = awsProvider();
  const [git, terraform] = await Promise.all([
    checkGit(repository),
    checkTerraform({ version, cache: terraformCache }),
  ]);
  return [
    checkNode(process.versions.node, engines.node),
    checkPackages(repository),
    git,
    terraform,
    checkProvider(provider, mirrorSearchPaths(), join(terraformCache, `mirror-${provider.version}`)),
    checkMemory(parallelRuns(), freeMemory()),
  ];
}

/**
 * What the caller may do in AWS; accounts are not asked where the caller is nobody.
 * @param stacks those whose roles are tried
 */
export async function examineAccess(
  estate: Estate,
  accounts: Accounts,
  stacks: readonly StackDescription[],
  checks: readonly AccountCheck[],
): Promise<Finding[]> {
  const identity = await checkIdentity(estate.shared.region);
  if (!identity.ok) return [identity];
  return [identity, ...(await checkAccounts(estate, accounts, stacks, checks))];
}

/**
 * SageMaker's quotas for what all of these stacks run in an account.
 * @param raise ask AWS for what is missing
 */
export const quotaCheck =
  (estate: Estate, stacks: readonly StackDescription[], raise: boolean): AccountCheck =>
  (environment, access) =>
    checkQuotas(
      environment.name,
      byHandIn(estate, stacks, environment).flatMap(({ machines }) => machines),
      access,
      raise,
    );

/** Whether people have completed the connections of these stacks. */
export const connectionCheck =
  (estate: Estate, stacks: readonly StackDescription[]): AccountCheck =>
  (environment, access) =>
    checkConnections(
      environment.name,
      byHandIn(estate, stacks, environment).flatMap(({ connections }) => connections),
      access,
    );

/** Who gets the alerts of these stacks. */
export const mailCheck =
  (estate: Estate, stacks: readonly StackDescription[]): AccountCheck =>
  (environment, access) =>
    checkMail(
      environment.name,
      byHandIn(estate, stacks, environment).flatMap(({ mail }) => mail),
      access,
    );

/** The secrets that people put there for these stacks. */
export const secretCheck =
  (estate: Estate, stacks: readonly StackDescription[]): AccountCheck =>
  (environment, access) =>
    checkSecrets(
      environment.name,
      byHandIn(estate, stacks, environment).flatMap(({ secrets }) => secrets),
      access,
    );

const byHandIn = (estate: Estate, stacks: readonly StackDescription[], environment: Environment): ByHand[] =>
  stacks
    .filter((stack) => stack.environment === environment)
    .map((stack) => kindOf(stack).byHand(estate, stack));
