import type { Estate } from "../config/schema";
import { CiServer } from "./ci-server";
import { findProjects } from "./drill/projects/participants";
import { GitServer } from "./git-server";

/** Servers beyond AWS that the estate works with, played on this machine: where there is no part for one, there is none. */
export class Servers {
  private constructor(
    readonly ci: CiServer | undefined,
    readonly git: GitServer | undefined,
  ) {}

  /** @param withProjects whether projects are made, which have their repositories on a server */
  static async start(estate: Estate, withProjects: boolean): Promise<Servers> {
    const participants = withProjects ? findProjects(estate) : undefined;
    const [ci, git] = await Promise.all([
      CiServer.start(estate),
      participants && GitServer.start(participants),
    ]);
    return new Servers(ci, git);
  }

  /** For functions and AWS, by the addresses that they are given. */
  get elsewhere(): Readonly<Record<string, string>> | undefined {
    return this.git ? { ...this.ci?.elsewhere, ...this.git.elsewhere } : this.ci?.elsewhere;
  }

  async stop(): Promise<void> {
    await this.git?.stop();
    await this.ci?.stop();
  }
}
