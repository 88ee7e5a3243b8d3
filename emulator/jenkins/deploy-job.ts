import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { repository } from "../../tools/paths";
import type { BuildResult } from "./queue";

/** What somebody is asked before a release to an environment. */
export interface Question {
  readonly environment: string;
  readonly model: string;
  /** The version, its metrics, what serves now. */
  readonly text: string;
}

/** How the deploy job is run, as an agent and the server would have it. */
export interface DeployJob {
  /** Folder in which its lines run, a checkout or what `deployWorkspace` made. */
  readonly workspace: string;
  /** Variables of agent and server: credentials of the server's role, `PROD_ACCOUNT`, `MLOPS_APPROVERS`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Answers for a person. @returns who approves; nobody: it is refused */
  readonly approve: (question: Question) => Promise<string | undefined>;
  /** Hears of each line that has run. */
  readonly onLine?: (line: RanLine) => void;
}

/** What a shell line did. */
export interface RanLine {
  readonly line: string;
  /** Environment that is released to; empty for the route. */
  readonly to: string;
  readonly exitCode: number;
  readonly output: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly seconds: number;
}

export interface DeployRun {
  readonly result: BuildResult;
  readonly lines: readonly RanLine[];
}

/**
 * Runs the shell lines of `jenkins/deploy.Jenkinsfile` itself for a version, in the order in which that file does; checkouts, set-up, mail
 * and archive are left out. `test/jenkins/deploy-job.test.ts` holds this order against the file's own.
 */
export async function runDeployJob(modelPackageArn: string, job: DeployJob): Promise<DeployRun> {
  const agent = new Agent(job, modelPackageArn);
  const end = (result: BuildResult): DeployRun => ({ result, lines: agent.ran });
  if ((await agent.run("endpoints route")) !== 0) return end("FAILURE");
  for (const { environment, model } of agent.route()) {
    const of = { RELEASE_TO: environment, RELEASE_MODEL: model };
    const planned = await agent.run("endpoints plan", of);
    if (planned === 0) continue;
    if (planned !== 3) return end("FAILURE");
    const { text, asks, digest } = agent.planned(environment);
    const approvedBy = asks ? await job.approve({ environment, model, text }) : "";
    if (approvedBy === undefined) return end("ABORTED");
    const known = { PLAN_DIGEST: digest, APPROVED_BY: approvedBy };
    if ((await agent.run("endpoints deploy", { ...of, ...known })) !== 0) return end("FAILURE");
  }
  return end("SUCCESS");
}

/** A folder in which this checkout's commands run and leave what they write. @returns the folder */
export function deployWorkspace(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(repository).filter((entry) => !leftInWorkspaces.includes(entry)))
    symlinkSync(join(repository, name), join(folder, name));
  return folder;
}

const leftInWorkspaces = ["release", "route.json"];

/** The shell lines of the pipeline file, in its order. */
export const deployLines = (): string[] =>
  [
    ...readFileSync(join(repository, "jenkins/deploy.Jenkinsfile"), "utf8").matchAll(
      /\b(?:sh|script:) '([^'\n]+)'/g,
    ),
  ].map(([, line = ""]) => line);

class Agent {
  readonly ran: RanLine[] = [];
  private readonly lines = deployLines();

  constructor(
    private readonly job: DeployJob,
    private readonly modelPackageArn: string,
  ) {}

  /** @returns its exit code */
  async run(what: string, more: Readonly<Record<string, string>> = {}): Promise<number> {
    const line = this.lines.find((each) => each.includes(`mlops ${what}`));
    if (line === undefined) throw new Error(`jenkins/deploy.Jenkinsfile has no line with mlops ${what}`);
    const { workspace, environment, onLine } = this.job;
    const startedAt = Date.now();
    const { exitCode = 1, all } = await execa("sh", ["-e", "-c", line], {
      cwd: workspace,
      env: { ...environment, MODEL_PACKAGE_ARN: this.modelPackageArn, ...more },
      stdin: "ignore",
      all: true,
      reject: false,
    });
    const seconds = (Date.now() - startedAt) / 1000;
    const ran = { line, to: more.RELEASE_TO ?? "", exitCode, output: all, startedAt, seconds };
    this.ran.push(ran);
    onLine?.(ran);
    return exitCode;
  }

  route(): readonly { readonly environment: string; readonly model: string }[] {
    const { steps } = JSON.parse(this.read("route.json")) as {
      readonly steps: readonly { readonly environment: string; readonly model: string }[];
    };
    return steps;
  }

  planned(environment: string) {
    const manifest = this.read(`release/${environment}/manifest.json`);
    const { approval } = JSON.parse(manifest) as { readonly approval: readonly string[] };
    return {
      text: this.read(`release/${environment}/question.txt`),
      asks: approval.length > 0,
      digest: createHash("sha256").update(manifest).digest("hex"),
    };
  }

  private read(file: string): string {
    return readFileSync(join(this.job.workspace, file), "utf8");
  }
}
