import { join } from "node:path";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { accessAccount, type AccountAccess } from "../../../../deploy/access/account-access";
import { GitlabDouble, roles, type GitlabSettings } from "../../../../emulator/gitlab";
import { mammoSeverity } from "../../../../pipelines/mammo-severity/model";
import { AppliedEstate } from "../../../support/applied-estate";
import { id, offering, servers, user } from "../../../support/offering";
import { mlops, type Ran } from "../../../unit/cli/support";
import { ChangedStacks } from "../changed-stacks";
import { Github } from "./github";
import { roleOfStudio } from "./studio";

const { url: gitlabUrl, tokenSecret } = servers.gitlab;

/** What a template is asked for with, by the names of its parameters. */
export type Parameters = Readonly<Record<string, string>>;

/** The estate where prod offers templates, a GitLab server without CI, and GitHub behind a connection that is pending. */
export class Offering {
  /** All that commands have printed. */
  readonly printed: string[] = [];

  private constructor(
    readonly applied: AppliedEstate,
    /** An administrator's. */
    readonly access: AccountAccess,
    /** Of somebody who works in Studio, and may do what the stack lets users do. */
    readonly studio: AccountAccess,
    readonly gitlab: GitlabDouble,
    readonly github: Github,
    /** Folder of the environment files. */
    readonly environments: string,
  ) {}

  /** @param tokens of the user that owns GitLab's group `ml` */
  static async start(folder: string, tokens: GitlabSettings["users"][number]["tokens"]): Promise<Offering> {
    const gitlab = await GitlabDouble.start({
      folder: join(folder, "gitlab"),
      rootUrl: gitlabUrl,
      users: [{ username: "platform", tokens }],
      groups: [{ path: "ml", members: { platform: roles.owner } }],
      ci: false,
    });
    const applied = await AppliedEstate.copy({ policies: true, elsewhere: { [gitlabUrl]: gitlab.url } });
    const access = await applied.access("prod");
    await new IAMClient(access).send(new CreateRoleCommand(roleOfStudio(user)));
    const change = offering({ ...servers, templates: ["jenkins", "gitlab"], users: [user] });
    const stacks = new ChangedStacks(applied, "offering", { ...change, models: [mammoSeverity] });
    await stacks.planned([id]);
    expect(await stacks.apply([id])).toEqual({ [id]: "applied" });
    const secrets = new SecretsManagerClient(access);
    await secrets.send(new CreateSecretCommand({ Name: tokenSecret }));
    const studio = await accessAccount(applied.environment("prod"), user.slice(user.indexOf("/") + 1));
    const github = new Github(join(folder, "github"));
    return new Offering(applied, access, studio, gitlab, github, stacks.changed.folder);
  }

  /** `mlops projects …` */
  async run(
    line: string,
    more: { readonly rest?: readonly string[]; readonly onError?: (text: string) => void } = {},
  ): Promise<Ran> {
    const ran = await mlops(`projects ${line}`, { environments: this.environments, ...more });
    this.printed.push(ran.out, ran.err);
    return ran;
  }

  create(template: string, name: string, parameters: Parameters): Promise<Ran> {
    const rest = Object.entries(parameters).flatMap(([key, value]) => ["--param", `${key}=${value}`]);
    return this.run(`create prod ${name} --template ${template}`, { rest });
  }

  delete(name: string, onError?: (text: string) => void): Promise<Ran> {
    return this.run(`delete prod ${name} --yes ${name}`, { ...(onError && { onError }) });
  }

  /** Puts a token where the functions read it, as a person does. */
  async putToken(token: string): Promise<void> {
    const SecretString = JSON.stringify({ token });
    const secrets = new SecretsManagerClient(this.access);
    await secrets.send(new PutSecretValueCommand({ SecretId: tokenSecret, SecretString }));
  }

  async stop(): Promise<void> {
    await this.gitlab.stop();
    await this.applied.stop();
  }
}

/** What GitLab's template is asked for, with repositories called after a project. */
export const onGitlab = (name: string): Parameters => ({
  GitLabGroup: "ml",
  ModelBuildCodeRepositoryName: `${name}-build`,
  ModelDeployCodeRepositoryName: `${name}-deploy`,
});

/** What Jenkins' template is asked for, with repositories on GitHub called after a project. */
export const onGithub = (name: string): Parameters => ({
  ModelBuildCodeRepositoryURL: `https://github.com/example/${name}-build`,
  ModelBuildCodeRepositoryFullname: `example/${name}-build`,
  ModelDeployCodeRepositoryURL: `https://github.com/example/${name}-deploy`,
  ModelDeployCodeRepositoryFullname: `example/${name}-deploy`,
});
