import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";

/** What a build of a seeded repository's Jenkinsfile did. */
export interface JenkinsBuild {
  /** Of the line that failed; none did: undefined. */
  readonly failed: string | undefined;
  readonly output: string;
  /** What the approver was shown; nobody was asked: undefined. */
  readonly question: string | undefined;
}

const shellLine = /^\s*sh '([^'\n]+)'$/gm;
const gate = "stage('Approve production')";

/**
 * Runs the shell lines of a repository's Jenkinsfile in its order, in one workspace; checkouts and stashes are left out. That this is the
 * file's order, and that its gate holds no agent, `test/jenkins/seeded-repositories.test.ts` says.
 */
export async function buildByJenkinsfile(
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<JenkinsBuild> {
  const file = readFileSync(join(folder, "Jenkinsfile"), "utf8");
  const outputs: string[] = [];
  let question: string | undefined;
  for (const { 1: line = "", index } of file.matchAll(shellLine)) {
    if (file.includes(gate) && index > file.indexOf(gate))
      question ??= readFileSync(join(folder, "release/plan-production.txt"), "utf8");
    const { exitCode, all } = await execa("sh", ["-e", "-c", line], {
      ...{ cwd: folder, env: environment, extendEnv: false, stdin: "ignore", all: true, reject: false },
    });
    outputs.push(`$ ${line}\n${all}`);
    if (exitCode !== 0) return { failed: line, output: outputs.join("\n"), question };
  }
  return { failed: undefined, output: outputs.join("\n"), question };
}
