import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { repository } from "../../../tools/paths";
import { assembleSeed } from "../../support/assembled-seed";
import { temporaryFolder } from "../../support/temporary-folder";

const runner = join(repository, "node_modules/gitlab-ci-local/src/index.js");

/** What a run of a pipeline came to. */
export interface Ran {
  readonly exitCode: number | undefined;
  readonly output: string;
  /** What jobs called Python with, behind `-m`, without what set it up, in order. */
  readonly commands: readonly string[];
  /** The same with what each found: variables, and files of `release/`. */
  readonly calls: readonly string[];
  /** Names of jobs, by what became of them. */
  readonly passed: readonly string[];
  readonly failed: readonly string[];
}

/**
 * A seeded repository whose `.gitlab-ci.yml` gitlab-ci-local runs as it is (ADR 89), each job in a copy of what is committed. Python is
 * a stand-in: it makes itself at home in `.venv`, writes down what it is called with, leaves what the real command leaves, and
 * fails where a test says so.
 */
export class GitLabRepository {
  private readonly top = temporaryFolder();
  private readonly folder = join(this.top, "repository");
  private readonly log = join(this.top, "calls");
  private readonly failing = join(this.top, "failing");

  constructor(private readonly name: string) {}

  async make(): Promise<void> {
    assembleSeed("gitlab", this.name, this.folder);
    const bin = join(this.top, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "python3"), this.standIn());
    chmodSync(join(bin, "python3"), 0o755);
    await this.git("init", "--quiet", "--initial-branch", "main");
    await this.git("remote", "add", "origin", "https://gitlab.example.com/acme/churn.git");
    await this.git("add", "--all");
    const author = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
    await this.git(...author, "commit", "--quiet", "--message", "Seed");
  }

  private git(...args: readonly string[]) {
    return execa("git", args, { cwd: this.folder, stdin: "ignore" });
  }

  private standIn(): string {
    return `#!/bin/sh
case "$*" in
  "-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python; exit ;;
  "-m pip "*) exit ;;
esac
shift
echo "$* MODEL_PACKAGE_ARN=$MODEL_PACKAGE_ARN token=$AWS_ID_TOKEN release=$(ls release 2>/dev/null | tr '\\n' ' ')" >> '${this.log}'
if [ -e '${this.failing}' ] && [ "$*" = "$(cat '${this.failing}')" ]; then exit 1; fi
case "$*" in
  ci.release|ci.build) mkdir -p release && echo version > release/version.json ;;
  "ci.plan production") echo plan > release/plan-production.txt ;;
esac
`;
  }

  /**
   * @param given.fails the line, behind `-m`, that fails
   * @param given.manual the job that a person starts
   * @param given.schema whether the file is held to GitLab's own schema first, which takes two seconds
   */
  async run(
    given: {
      readonly fails?: string;
      readonly manual?: string;
      readonly variables?: readonly string[];
      readonly schema?: boolean;
    } = {},
  ): Promise<Ran> {
    for (const path of [this.log, this.failing]) rmSync(path, { force: true });
    if (given.fails !== undefined) writeFileSync(this.failing, given.fails);
    const variables = ["AWS_ID_TOKEN=token-of-this-job", ...(given.variables ?? [])];
    const { exitCode, all } = await execa(
      process.execPath,
      [
        runner,
        "--force-shell-executor",
        "--shell-isolation",
        "--no-color",
        `--json-schema-validation=${String(given.schema ?? false)}`,
        ...variables.flatMap((variable) => ["--variable", variable]),
        ...(given.manual === undefined ? [] : ["--manual", given.manual]),
      ],
      {
        cwd: this.folder,
        env: { PATH: [join(this.top, "bin"), process.env.PATH].join(delimiter), HOME: this.top },
        stdin: "ignore",
        all: true,
        reject: false,
      },
    );
    const named = (word: string) =>
      [...all.matchAll(new RegExp(`^ ${word} +([\\w-]+)`, "gm"))].map(([, job = ""]) => job);
    const calls = existsSync(this.log) ? readFileSync(this.log, "utf8").trim().split("\n") : [];
    return {
      exitCode,
      output: all,
      commands: calls.map((call) => call.replace(/ MODEL_PACKAGE_ARN=.*/, "")),
      calls,
      passed: named("PASS"),
      failed: named("FAIL"),
    };
  }
}
