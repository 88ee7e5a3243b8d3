import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * Programs that this machine lacks for repositories and their pipelines, each with what it is for and how it comes; nothing where all are there.
 * @param path folders of programs, as in `PATH`
 */
export function missingPrograms(path = process.env.PATH ?? ""): string[] {
  const has = (program: string, holds: (output: string) => boolean, ...words: readonly string[]): boolean => {
    try {
      return holds(execFileSync(program, words, { env: { PATH: path }, encoding: "utf8", stdio: "pipe" }));
    } catch {
      return false;
    }
  };
  const servesGit = (folder: string): boolean => existsSync(join(folder.trim(), "git-http-backend"));
  return [
    ...(has("git", servesGit, "--exec-path")
      ? []
      : ["git with git http-backend, which serves repositories (apt-get install git, or brew install git)"]),
    ...(has("rsync", () => true, "--version")
      ? []
      : [
          "rsync, by which gitlab-ci-local copies what a job works on (apt-get install rsync, or brew install rsync)",
        ]),
  ];
}
