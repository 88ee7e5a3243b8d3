import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { git } from "./github";

/** What a build of a seeded repository's Jenkinsfile did. */
export interface JenkinsBuild {
  /** The line that failed; none did: undefined. */
  readonly failed: string | undefined;
  readonly output: string;
}

/** Answers for a person who is shown what production is to become. @returns whether it may */
export type Approve = (question: string) => Promise<boolean>;

const shellLine = /^\s*sh '([^'\n]+)'$/gm;
const gate = "stage('Approve production')";

/**
 * Runs the shell lines of a repository's Jenkinsfile in its order, in one workspace; checkouts and stashes are left out. That this is the
 * file's order, and that its gate holds no agent, `test/jenkins/seeded-repositories.test.ts` says.
 * @param folder a clone
 */
export async function buildByJenkinsfile(
  folder: string,
  environment: Readonly<Record<string, string>>,
  approve: Approve,
): Promise<JenkinsBuild> {
  const file = readFileSync(join(folder, "Jenkinsfile"), "utf8");
  const env = { ...environment, GIT_COMMIT: git(folder, "rev-parse", "HEAD") };
  const outputs: string[] = [];
  let waits = file.includes(gate);
  for (const { 1: line = "", index } of file.matchAll(shellLine)) {
    if (waits && index > file.indexOf(gate)) {
      if (!(await approve(readFileSync(join(folder, "release/plan-production.txt"), "utf8"))))
        return { failed: gate, output: outputs.join("\n") };
      waits = false;
    }
    const { exitCode, all } = await execa("sh", ["-e", "-c", line], {
      ...{ cwd: folder, env, extendEnv: false, stdin: "ignore", all: true, reject: false },
    });
    outputs.push(`$ ${line}\n${all}`);
    if (exitCode !== 0) return { failed: line, output: outputs.join("\n") };
  }
  return { failed: undefined, output: outputs.join("\n") };
}
