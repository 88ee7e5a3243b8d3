import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { cache, repository } from "../../tools/paths";
import { writeEnvironments, type GeneratedEnvironments } from "./environment-files";

/** What a checkout does not need to plan. */
const leftOut = new Set([".git", ".cache", "node_modules", "cdktf.out", "coverage", "plan", "test", "bench"]);

/**
 * Makes a git repository of its own out of this checkout's files as they are, with generated environment files and one
 * commit. What is in the folder goes.
 */
export function makeCheckout(folder: string, environments: GeneratedEnvironments): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, ".cache"), { recursive: true });
  for (const name of readdirSync(repository))
    if (!leftOut.has(name)) cpSync(join(repository, name), join(folder, name), { recursive: true });
  for (const name of ["node_modules", join(".cache", basename(toolchain))])
    symlinkSync(join(repository, name), join(folder, name), "dir");
  writeEnvironments(join(folder, "environments"), environments);
  git(folder, "init", "--quiet", "--initial-branch=main");
  git(folder, "add", "--all", ".", ":!node_modules");
  git(folder, "commit", "--quiet", "--no-verify", "--message", "generated");
}

/** Terraform and the provider, where they had to be downloaded. */
const toolchain = join(cache, "terraform");

const settings = ["user.name=bench", "user.email=bench@example.com", "commit.gpgsign=false"];

const git = (folder: string, ...args: string[]): string =>
  execFileSync("git", ["-C", folder, ...settings.flatMap((setting) => ["-c", setting]), ...args], {
    encoding: "utf8",
  });
