import { readFileSync } from "node:fs";
import { freemem } from "node:os";
import { join } from "node:path";
import type { Estate } from "../../config/schema";
import type { StackDescription } from "../../stacks/list";
import { cache, repository } from "../../tools/paths";
import type { Accounts } from "../access/accounts";
import { parallelRuns } from "../estate/parallelism";
import { awsProvider } from "../../tools/toolchain/provider";
import { mirrorSearchPaths } from "../../tools/toolchain/provider-mirror";
import { checkAccounts, checkIdentity } from "./access";
import type { Finding } from "./finding";
import { checkGit, checkMemory, checkNode, checkPackages, checkProvider, checkTerraform } from "./tools";

export { missing, present, type Finding } from "./finding";

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
    checkProvider(
      provider,
      mirrorSearchPaths(repository),
      join(terraformCache, `providers-${provider.version}`),
    ),
    checkMemory(parallelRuns(), freemem()),
  ];
}

/** What the caller may do in AWS; accounts are not asked where the caller is nobody. */
export async function examineAccess(
  estate: Estate,
  accounts: Accounts,
  stacks: readonly StackDescription[],
): Promise<Finding[]> {
  const identity = await checkIdentity(estate.shared.region);
  if (!identity.ok) return [identity];
  return [identity, ...(await checkAccounts(estate, accounts, stacks))];
}
