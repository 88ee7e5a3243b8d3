import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { AccountAccess } from "../deploy/access/account-access";
import { ciMachine } from "../emulator/ci-machine";
import { GitlabDouble, roles } from "../emulator/gitlab";
import { cache } from "../tools/paths";
import { GitlabApi } from "./drill/projects/gitlab-api";
import type { ProjectsParticipants } from "./drill/projects/participants";

/** Makes repositories, with the token that the environment has. */
const bot = "platform";
/** Who lets versions into production in the drill. */
export const maintainer = "ann";

/** Group that gets the repositories. */
export const group = "ml";

/** The GitLab server that an account's templates name, played on this machine: repositories, and pipelines that run their own CI files. */
export class GitServer {
  private readonly tokens = { [bot]: newToken(), [maintainer]: newToken() };
  /** Of the machine that runs jobs. */
  private readonly machine: Record<string, string> = {};
  private double: GitlabDouble | undefined;

  private constructor(
    private readonly settings: ProjectsParticipants["gitlab"],
    private readonly folder: string,
  ) {}

  /** @param folder gets repositories and what jobs work on; what an earlier run left there goes */
  static async start(
    { gitlab }: Pick<ProjectsParticipants, "gitlab">,
    folder = join(cache, "local-aws/gitlab"),
  ): Promise<GitServer> {
    const server = new GitServer(gitlab, folder);
    const { tokens, machine: environment } = server;
    rmSync(folder, { recursive: true, force: true });
    server.double = await GitlabDouble.start({
      folder: join(folder, "data"),
      rootUrl: gitlab.url,
      users: Object.entries(tokens).map(([username, value]) => ({
        ...{ username, tokens: [{ value, scopes: ["api", "write_repository"] }] },
      })),
      groups: [{ path: group, members: { [bot]: roles.owner, [maintainer]: roles.maintainer } }],
      runner: { environment },
    });
    return server;
  }

  /** For functions and AWS, by the address that they are given. */
  get elsewhere(): Readonly<Record<string, string>> {
    return { [new URL(this.settings.url).origin]: this.url };
  }

  /** As a person, or a program of theirs, asks it. */
  as = (username: typeof bot | typeof maintainer): GitlabApi =>
    new GitlabApi(this.url, this.tokens[username]);

  /**
   * Puts the token where the account's functions look, as a person does, and gives the machine that runs jobs its Python. Local AWS must
   * be in use, and the environment of AWS's SDK be there.
   */
  async connect(access: AccountAccess): Promise<void> {
    Object.assign(this.machine, await ciMachine(this.folder));
    const SecretString = JSON.stringify({ token: this.tokens[bot] });
    await new SecretsManagerClient(access).send(
      new CreateSecretCommand({ Name: this.settings.tokenSecret, SecretString }),
    );
  }

  /** Ends jobs that run. */
  async stop(): Promise<void> {
    await this.double?.stop();
  }

  private get url(): string {
    return this.double?.url ?? "";
  }
}

const newToken = (): string => `glpat-${randomBytes(12).toString("hex")}`;
