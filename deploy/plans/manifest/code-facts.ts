import { join } from "node:path";
import { ask, git, isInRepository } from "../../git/run";
import { hashFile } from "../../synthesis/hashes";
import type { TerraformTool } from "../../terraform/terraform";
import { repository as root } from "../../../tools/paths";
import { terraformVersion } from "../../terraform/version";
import type { Manifest } from "./schema";

/** What all stacks of a plan have in common. */
export type CodeFacts = Pick<Manifest, "commit" | "packageLockHash" | "terraform">;

/** Which code, packages and Terraform are in use here and now. @throws GitError */
export async function codeFacts(tool: TerraformTool, repository = root): Promise<CodeFacts> {
  const [commit, terraform] = await Promise.all([commitOf(repository), terraformVersion(tool)]);
  return { commit, terraform, packageLockHash: hashFile(join(repository, "package-lock.json")) ?? "" };
}

/**
 * Files that git does not track count only by what is synthesised from them, those outside of this folder not at all.
 * @throws GitError where there is a repository, and git does not read it: a plan without a commit would apply anywhere
 */
async function commitOf(repository: string): Promise<Manifest["commit"]> {
  if (!isInRepository(repository)) return { id: null, dirty: false };
  const status = await ask(repository, ["status", "--porcelain", "--untracked-files=no", "--", "."]);
  const head = await git(repository, ["rev-parse", "--verify", "--quiet", "HEAD"]);
  return head.exitCode === 0
    ? { id: head.stdout.trim(), dirty: status.trim() !== "" }
    : { id: null, dirty: false };
}
