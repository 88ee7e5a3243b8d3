import { join } from "node:path";
import { git } from "../../affected/git";
import { hashFile } from "../../synthesis/hashes";
import type { TerraformTool } from "../../terraform/terraform";
import { repository as root } from "../../../tools/paths";
import { terraformVersion } from "../../terraform/version";
import type { Manifest } from "./schema";

/** What all stacks of a plan have in common. */
export type CodeFacts = Pick<Manifest, "commit" | "packageLockHash" | "terraform">;

/** Which code, packages and Terraform are in use here and now. */
export async function codeFacts(tool: TerraformTool, repository = root): Promise<CodeFacts> {
  const [commit, terraform] = await Promise.all([commitOf(repository), terraformVersion(tool)]);
  return { commit, terraform, packageLockHash: hashFile(join(repository, "package-lock.json")) ?? "" };
}

/** Files that git does not track count only by what is synthesised from them. */
async function commitOf(repository: string): Promise<Manifest["commit"]> {
  const head = await git(repository, ["rev-parse", "--verify", "--quiet", "HEAD"]);
  if (head.exitCode !== 0) return { id: null, dirty: false };
  const status = await git(repository, ["status", "--porcelain", "--untracked-files=no"]);
  return { id: head.stdout.trim(), dirty: status.stdout.trim() !== "" };
}
