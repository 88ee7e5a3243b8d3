import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { accessAccount, type AccountAccess } from "../../../../deploy/access/account-access";
import { GitlabDouble, roles } from "../../../../emulator/gitlab";
import { startRunner, type Runner } from "../../../../emulator/runner";
import { mammoSeverity } from "../../../../pipelines/mammo-severity/model";
import { AppliedEstate } from "../../../support/applied-estate";
import { temporaryFolder } from "../../../support/temporary-folder";
import { tools } from "../../../support/tools";
import { jsonOf, mlops } from "../../../unit/cli/support";
import { ChangedStacks } from "../changed-stacks";
import { ciMachine } from "./ci-python";
import { Github } from "./github";
import { Jenkins } from "./jenkins";
import type { Parameters } from "./offering";
import { roleOfStudio, Studio } from "./studio";

/** Stack that offers templates, in the account `dev`. */
export const stack = "dev-project-templates";

/** Milliseconds: trainings, deployments and what the repositories' own CI does, on a machine that others use. */
export const longestDrill = 1_800_000;

const account = "111111111111";
const studioUser = `arn:aws:iam::${account}:role/StudioExecution`;
const gitlabUrl = "https://gitlab.example.com";
const gitlabSecret = "mlops/gitlab-token";
const jenkinsSecret = "mlops/jenkins-token";

/** Repositories on GitHub that the drills fill. */
const repositories = ["scans", "batch"].flatMap((name) =>
  ["build", "deploy", "preprocess"].map((which) => `acme/${name}-${which}`),
);

/** What `mlops projects create --json` and `update` say of a project. */
export interface Made {
  readonly id: string;
  readonly status: string;
}

/** All that projects are made on: an estate whose account `dev` is to offer templates, servers of code and CI, and who runs pipelines. */
export class Stage {
  readonly github: Github;

  private constructor(
    readonly applied: AppliedEstate,
    readonly gitlab: GitlabDouble,
    readonly gitlabToken: string,
    readonly jenkins: Jenkins,
    readonly access: AccountAccess,
    readonly offering: ChangedStacks,
    private readonly runner: Runner,
    folder: string,
  ) {
    this.github = new Github(join(folder, "github"));
  }

  static async start(): Promise<Stage> {
    const folder = temporaryFolder();
    const token = `glpat-${randomBytes(12).toString("hex")}`;
    const machine: Record<string, string> = {};
    const gitlab = await GitlabDouble.start({
      folder: join(folder, "gitlab"),
      rootUrl: gitlabUrl,
      users: [{ username: "platform", tokens: [{ value: token, scopes: ["api", "write_repository"] }] }],
      groups: [{ path: "ml", members: { platform: roles.owner } }],
      runner: { environment: machine },
    });
    const applied = await AppliedEstate.copy({ policies: true, elsewhere: { [gitlabUrl]: gitlab.url } });
    Object.assign(machine, await ciMachine(folder));
    const jenkins = await Jenkins.start(applied, machine);
    const access = await applied.access("dev");
    await putByPeople(access, {
      [gitlabSecret]: { token },
      [jenkinsSecret]: jenkins.secret,
    });
    const projectTemplates = {
      users: [studioUser],
      gitlab: { url: gitlabUrl, tokenSecret: gitlabSecret },
      jenkins: { url: jenkins.url, tokenSecret: jenkinsSecret },
    };
    const offering = new ChangedStacks(applied, "offering", {
      files: { "dev.json": { ci: "jenkins", projectTemplates } },
      models: [mammoSeverity],
    });
    const runner = await startRunner({
      environment: applied.localAws.environment,
      python: tools().python,
      logs: join(applied.folder, "logs"),
      scratch: join(applied.folder, "jobs"),
      logFile: join(applied.folder, "runner.log"),
    });
    return new Stage(applied, gitlab, token, jenkins, access, offering, runner, folder);
  }

  async stop(): Promise<void> {
    await this.runner.stop();
    await this.jenkins.stop();
    await this.gitlab.stop();
    await this.applied.stop();
  }

  /** As people do in GitHub, and for the connection in a browser. */
  async connectGithub(): Promise<void> {
    for (const name of repositories) this.github.add(name);
    await this.github.complete(this.applied.localAws, this.access, repositories);
  }

  /** What a person has before them who works in the account. */
  async studio(): Promise<Studio> {
    const access = await accessAccount(this.applied.environment("dev"), "StudioExecution");
    return new Studio(access, { name: "dev", account });
  }

  /** By the command line. */
  create(name: string, template: string, parameters: Parameters): Promise<Made> {
    return this.run(`create dev ${name} --template ${template}`, parameters);
  }

  /** By the command line, in the name of a person who works in the account. */
  update(name: string, parameters: Parameters): Promise<Made> {
    return this.run(`update dev ${name} --role StudioExecution`, parameters);
  }

  private async run(line: string, parameters: Parameters): Promise<Made> {
    const ran = await mlops(`projects ${line} --json`, {
      environments: this.offering.changed.folder,
      rest: Object.entries(parameters).flatMap(([key, value]) => ["--param", `${key}=${value}`]),
    });
    expect(`${ran.err}\n${ran.out}\n${String(ran.code)}`).toMatch(/\n0$/);
    return jsonOf(ran) as Made;
  }
}

/** What the stack names, and nobody makes but people. */
async function putByPeople(access: AccountAccess, secrets: Readonly<Record<string, object>>): Promise<void> {
  const client = new SecretsManagerClient(access);
  for (const [Name, value] of Object.entries(secrets))
    await client.send(new CreateSecretCommand({ Name, SecretString: JSON.stringify(value) }));
  await new IAMClient(access).send(new CreateRoleCommand(roleOfStudio(studioUser)));
}
