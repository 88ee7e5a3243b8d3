import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { CiEnvironment, Estate, RegistryEnvironment } from "../config/schema";
import { roleArn } from "../core/arns";
import { accessAccount } from "../deploy/access/account-access";
import { deployWorkspace, JenkinsDouble, runDeployJob } from "../emulator/jenkins";
import type { Build, BuildResult, Question, RanLine } from "../emulator/jenkins";
import { instanceCredentials } from "../emulator/local-aws";
import { findOnApproval } from "../stacks/kinds/approvals/settings";
import { deployedBy } from "../stacks/topology";
import type { LocalAwsAddress } from "../tools/local-aws/address";
import { cache } from "../tools/paths";

const bot = "release-bot";
/** Who approves releases in the drill. */
const approver = "ann";

const workspaces = join(cache, "local-aws/jenkins");

/** A release that a person was asked for. */
export interface Approval extends Question {
  readonly by: string;
}

/** What one build of the deploy job has done so far. */
export interface ReleaseBuild {
  readonly build: Build;
  readonly lines: readonly RanLine[];
  readonly approvals: readonly Approval[];
}

interface Asked {
  readonly registry: RegistryEnvironment;
  readonly server: CiEnvironment;
  readonly settings: { readonly url: string; readonly job: string; readonly tokenSecret: string };
}

/** The Jenkins server that a registry asks on approval, played on this machine: its deploy job runs the shell lines of the pipeline file. */
export class CiServer {
  private readonly token = randomBytes(16).toString("hex");
  private readonly builds: (ReleaseBuild & { lines: RanLine[]; approvals: Approval[] })[] = [];
  private readonly job;
  private double: JenkinsDouble | undefined;
  private localAws: LocalAwsAddress | undefined;
  private agent: Readonly<Record<string, string>> = {};

  private constructor(
    private readonly estate: Estate,
    private readonly asked: Asked,
  ) {
    this.job = {
      ...{ name: asked.settings.job, parameters: ["MODEL_PACKAGE_ARN"], disabled: false, held: false },
      run: (build: Build) => this.run(build),
    };
  }

  /** @returns undefined where no registry asks a Jenkins, or no account is one's */
  static async start(estate: Estate): Promise<CiServer | undefined> {
    const asked = whoIsAsked(estate);
    if (!asked) return undefined;
    const server = new CiServer(estate, asked);
    server.double = await JenkinsDouble.start({
      rootUrl: `${asked.settings.url}/`,
      users: [
        {
          ...{ id: bot, password: server.token, apiToken: server.token },
          may: ["Overall/Read", "Job/Read", "Job/Build"],
        },
      ],
      jobs: [server.job],
    });
    rmSync(workspaces, { recursive: true, force: true });
    return server;
  }

  /** What is asked for from now on waits in the queue. */
  hold(): void {
    this.job.held = true;
  }

  /** Whether a build of a version waits. */
  hasQueued(version: string): boolean {
    return this.double?.queued.some(({ parameters }) => parameters.MODEL_PACKAGE_ARN === version) ?? false;
  }

  /** For functions, by the address that they are given. */
  get elsewhere(): Readonly<Record<string, string>> {
    return { [new URL(this.asked.settings.url).origin]: this.double?.url ?? "" };
  }

  /** Puts the token where the function looks, as a person does, and lets builds begin. @param agent variables of what runs them */
  async connect(localAws: LocalAwsAddress, agent: Readonly<Record<string, string>>): Promise<void> {
    this.localAws = localAws;
    this.agent = agent;
    const { registry, settings } = this.asked;
    const access = await accessAccount(registry, this.estate.shared.adminRole);
    const SecretString = JSON.stringify({ user: bot, token: this.token });
    await new SecretsManagerClient(access).send(
      new CreateSecretCommand({ Name: settings.tokenSecret, SecretString }),
    );
  }

  /** The builds of a version, by its ARN. */
  buildsOf(version: string): readonly ReleaseBuild[] {
    return this.builds.filter(({ build }) => build.parameters.MODEL_PACKAGE_ARN === version);
  }

  async stop(): Promise<void> {
    await this.double?.die();
  }

  private async run(build: Build): Promise<BuildResult> {
    const of = { build, lines: [], approvals: [] } as (typeof this.builds)[number];
    this.builds.push(of);
    const { result } = await runDeployJob(build.parameters.MODEL_PACKAGE_ARN ?? "", {
      workspace: deployWorkspace(join(workspaces, String(build.number))),
      environment: { ...this.agent, ...(await this.credentials()), ...this.variables() },
      approve: (question) => {
        of.approvals.push({ ...question, by: approver });
        return Promise.resolve(approver);
      },
      onLine: (line) => of.lines.push(line),
    });
    return result;
  }

  private variables(): Readonly<Record<string, string>> {
    const accounts = deployedBy(this.estate, this.asked.server).map(({ account }) => account);
    return { PROD_ACCOUNT: accounts.join(","), MLOPS_APPROVERS: `${approver}:${approver}@example.com` };
  }

  private async credentials(): Promise<Readonly<Record<string, string>>> {
    if (!this.localAws) throw new Error("no build may begin before local AWS is there");
    const { server } = this.asked;
    const role = roleArn(server, server.jenkinsServerRole);
    const given = await instanceCredentials(this.localAws, role, server.region);
    return {
      AWS_ACCESS_KEY_ID: given.accessKeyId,
      AWS_SECRET_ACCESS_KEY: given.secretAccessKey,
      AWS_SESSION_TOKEN: given.sessionToken,
    };
  }
}

function whoIsAsked({ environments }: Estate): Asked | undefined {
  const server = environments.find((each): each is CiEnvironment => each.kind === "ci");
  for (const registry of environments) {
    const settings = findOnApproval(registry)?.jenkins;
    if (registry.kind === "registry" && settings && server) return { registry, server, settings };
  }
  return undefined;
}
