import { readFileSync } from "node:fs";
import { freemem } from "node:os";
import { join } from "node:path";
import { parallelRuns } from "../estate/parallelism";
import { awsProvider } from "../../tools/toolchain/provider";
import { mirrorPlaces } from "../../tools/toolchain/provider-mirror";
import { checkAccount, checkIdentity, type Door } from "./access";
import type { Finding } from "./finding";
import { checkGit, checkMemory, checkNode, checkPackages, checkProvider, checkTerraform } from "./tools";

export type { Door } from "./access";
export { missing, present, type Finding } from "./finding";

const repository = join(__dirname, "../..");
const cache = join(repository, ".cache/terraform");

/** What the commands need on this machine; brings nothing. */
export async function examineMachine(): Promise<Finding[]> {
  const { engines } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
    engines: { node: string };
  };
  const version = readFileSync(join(repository, ".terraform-version"), "utf8").trim();
  const provider = awsProvider();
  const [git, terraform] = await Promise.all([checkGit(repository), checkTerraform({ version, cache })]);
  return [
    checkNode(process.versions.node, engines.node),
    checkPackages(repository),
    git,
    terraform,
    checkProvider(provider, mirrorPlaces(repository), join(cache, `providers-${provider.version}`)),
    checkMemory(parallelRuns(), freemem()),
  ];
}

/** What the caller may do in AWS; accounts are not asked where the caller is nobody. */
export async function examineAccess(region: string, doors: readonly Door[]): Promise<Finding[]> {
  const identity = await checkIdentity(region);
  if (!identity.ok) return [identity];
  return [identity, ...(await Promise.all(doors.map(checkAccount))).flat()];
}
