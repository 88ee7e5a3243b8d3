import { cpSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { instanceCredentials, refusals } from "../../../emulator/local-aws";
import { Builds, fileOf, onMain, planning, pullRequest } from "../../jenkins/support/builds";
import type { Event } from "../../jenkins/support/events";
import { runPipeline } from "../../jenkins/support/harness";
import type { AppliedEstate } from "../../support/applied-estate";
import { PlanFolder } from "../../../deploy/plans/plan-folder";
import { statementsOf, type Statement } from "../../support/synth";
import { refusal } from "../../support/wire/faults";
import type { WireProxy } from "../../support/wire/proxy";
import { canAllow } from "../../support/wire/permissions";
import { onlyReads, type WireRequest } from "../../support/wire/request";
import type { Repository } from "./working-copy";

/** Name of the role that Jenkins applies with, in prod. */
export const deployRole = "cross-account-jenkins-role";

const serverRole = "jenkins-server-role";

/** Variables by which whoever has them is the Jenkins server. */
export async function jenkinsCredentials({ localAws }: AppliedEstate): Promise<Record<string, string>> {
  const role = `arn:aws:iam::444444444444:role/${serverRole}`;
  const given = await instanceCredentials(localAws, role, "us-east-1");
  return {
    AWS_ACCESS_KEY_ID: given.accessKeyId,
    AWS_SECRET_ACCESS_KEY: given.secretAccessKey,
    AWS_SESSION_TOKEN: given.sessionToken,
  };
}

/** What a shell line did. */
export interface Ran {
  readonly line: string;
  readonly exitCode: number | undefined;
  readonly output: string;
}

/** Lines that set a machine up, or run this very test among others. */
const leftOut = /npm run --silent (setup|verify|sbom)|cdktf synth/;

type Kind = "pull request" | "main";

/** An agent that runs the Jenkinsfile's shell lines as the Jenkins server's role, on the commits it is given. */
export class JenkinsServer {
  private commit = "";
  private readonly deploys: readonly Statement[];

  private constructor(
    private readonly applied: AppliedEstate,
    private readonly wire: WireProxy,
    readonly workspace: Repository,
    private readonly credentials: Readonly<Record<string, string>>,
  ) {
    this.deploys = policiesOf(applied, "prod-foundation", "deploy-role");
  }

  static async start(applied: AppliedEstate, workspace: Repository): Promise<JenkinsServer> {
    const wire = await applied.startWire();
    return new JenkinsServer(applied, wire, workspace, await jenkinsCredentials(applied));
  }

  stop(): void {
    this.wire.stop();
  }

  /** What it was refused, as AWS says it. */
  denied(): Promise<readonly string[]> {
    return refusals(this.applied.localAws);
  }

  /** What was changed in AWS since it started, each as `role: action`. */
  get changes(): readonly string[] {
    const changing = this.wire.requests.filter((request) => !onlyReads(request));
    return changing.map(
      ({ role, action }) => `${role?.split("/")[1] ?? "caller"}: ${action.split("?")[0] ?? ""}`,
    );
  }

  /** Whether the policies of the role that it applies with can allow an action. */
  mayApply(action: string, resource?: string): boolean {
    return canAllow(this.deploys, {
      action,
      ...(resource !== undefined && { resource }),
    });
  }

  async checkOut(commit: string): Promise<void> {
    await this.workspace.git("fetch", "--quiet", "origin");
    await this.workspace.git("checkout", "--quiet", "--detach", commit);
  }

  /** The next such request of the role that it applies with is refused, as by a KMS that does not count an alias yet. */
  refuseOnce(action: string): void {
    const where = ({ role }: WireRequest) => role?.split("/")[1] === deployRole;
    this.wire.fail({ action, where }, refusal("AccessDeniedException", "not authorized", 400), 1);
  }

  /** Runs a build's shell lines in order, on to the plan. @returns what the plan did; the others went well */
  async plan(kind: Kind): Promise<Ran> {
    this.commit = await this.workspace.git("rev-parse", "HEAD");
    const lines = await this.linesOf(kind);
    const plan = lines.findIndex(({ script = "" }) => script.includes("mlops plan"));
    for (const { script = "", env } of lines.slice(0, plan)) await this.runWell(script, env);
    const ran = await this.run(lines[plan]?.script ?? "", lines[plan]?.env);
    cpSync(join(this.workspace.folder, "plan"), `${this.workspace.folder}-stash`, { recursive: true });
    return ran;
  }

  /** Checks out what was planned, and runs the shell lines of a build of main from after the plan, on to the apply. @returns what the apply did */
  async apply(approver: string): Promise<Ran> {
    const lines = await this.linesOf("main");
    const plan = lines.findIndex(({ script = "" }) => script.includes("mlops plan"));
    const [apply, ...others] = lines.slice(plan + 1).toReversed();
    for (const { script = "", env } of others.toReversed()) await this.runWell(script, env);
    await this.checkOut(this.commit);
    cpSync(`${this.workspace.folder}-stash`, join(this.workspace.folder, "plan"), { recursive: true });
    return this.runApply(apply, approver);
  }

  /** Runs the apply alone, wherever it stands. */
  async applyHere(approver: string): Promise<Ran> {
    return this.runApply((await this.linesOf("main")).at(-1), approver);
  }

  /** With what the build itself knows: the digest of its plans, and who answered. */
  private runApply(line: Event | undefined, APPROVED_BY: string): Promise<Ran> {
    const PLAN_DIGEST = new PlanFolder(join(`${this.workspace.folder}-stash`, "prod")).digest;
    return this.run(line?.script ?? "", { ...line?.env, PLAN_DIGEST, APPROVED_BY });
  }

  private async runWell(line: string, env?: Readonly<Record<string, string>>): Promise<void> {
    const { exitCode, output } = await this.run(line, env);
    if (exitCode !== 0) throw new Error(`${line} failed: ${output}`);
  }

  /** Runs one of the lines of a build of main. */
  async runLine(text: string): Promise<Ran> {
    const line = (await this.linesOf("main")).find(({ script }) => script?.includes(text));
    return this.run(line?.script ?? "", line?.env);
  }

  async run(line: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const { exitCode, all } = await execa("sh", ["-e", "-c", line], {
      cwd: this.workspace.folder,
      env: { ...env, ...this.credentials },
      stdin: "ignore",
      all: true,
      reject: false,
    });
    return { line, exitCode, output: all };
  }

  private async linesOf(kind: Kind): Promise<readonly Event[]> {
    const shell = [planning(3, ["prod"])];
    const env = { MLOPS_APPROVERS: "author:author@example.com, bob:bob@example.com" };
    const checkouts = [{ GIT_BRANCH: "origin/main", GIT_COMMIT: this.commit }];
    const scenario =
      kind === "main" ? onMain({ name: kind, shell, checkouts, env }) : pullRequest({ name: kind, shell });
    const build = new Builds(await runPipeline(fileOf("Jenkinsfile"), [scenario]));
    return build.steps("sh").filter(({ script = "" }) => !leftOut.test(script));
  }
}

function policiesOf(applied: AppliedEstate, stack: string, role: string): Statement[] {
  const { resource } = applied.synthesised(stack);
  return Object.entries({ ...resource.aws_iam_role_policy, ...resource.aws_iam_policy })
    .filter(([name]) => name.startsWith(`${role}_`))
    .flatMap(([, { policy }]) => statementsOf(policy));
}
