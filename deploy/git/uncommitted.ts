import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathBelow } from "./commits";
import { git, isInRepository } from "./run";

/**
 * Files that a plan depends on and the commit lacks: tracked ones that differ from it, and new ones among the environment
 * files and models. Committing them makes another commit, which is not what was planned.
 * @param environments folder of environment files
 * @returns paths from the repository's folder; empty outside of a git repository
 */
export async function uncommittedFiles(repository: string, environments: string): Promise<string[]> {
  if (!isInRepository(repository)) return [];
  const folders = [environments, join(repository, "pipelines")]
    .filter((folder) => existsSync(folder))
    .map((folder) => pathBelow(repository, folder))
    .filter((path) => !path.startsWith(".."));
  const asked = await Promise.all([
    git(repository, ["diff", "--name-only", "--relative", "-z", "HEAD", "--", "."]),
    git(repository, [
      "ls-files",
      "--others",
      "--exclude-standard",
      "-z",
      "--",
      ...folders.map((path) => `./${path}`),
    ]),
  ]);
  return asked.flatMap(({ exitCode, stdout }) =>
    exitCode === 0 ? stdout.split("\0").filter((file) => file !== "") : [],
  );
}
