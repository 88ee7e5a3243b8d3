import { randomBytes } from "node:crypto";
import {
  JenkinsDouble,
  type Build,
  type BuildResult,
  type JenkinsSettings,
} from "../../../../emulator/jenkins";
import type { AppliedEstate } from "../../../support/applied-estate";
import { until } from "../../../support/until";
import { jenkinsCredentials } from "../jenkins-server";

type Job = JenkinsSettings["jobs"][number];

/** A Jenkins server in the CI account, whose agents have its role and a machine that builds seeded repositories. */
export class Jenkins {
  /** What a person puts into the secret that the stack names. */
  readonly secret: { readonly user: string; readonly token: string };

  private constructor(
    private readonly double: JenkinsDouble,
    private readonly jobs: Job[],
    /** Variables of its agents: who has them is the server's role. */
    readonly agent: Readonly<Record<string, string>>,
    token: string,
  ) {
    this.secret = { user, token };
  }

  static async start(applied: AppliedEstate, machine: Readonly<Record<string, string>>): Promise<Jenkins> {
    const token = `11${randomBytes(16).toString("hex")}`;
    const jobs: Job[] = [];
    const bot = { id: user, password: randomBytes(12).toString("hex"), apiToken: token, may } as const;
    const double = await JenkinsDouble.start({ users: [bot], jobs });
    return new Jenkins(double, jobs, { ...machine, ...(await jenkinsCredentials(applied)) }, token);
  }

  get url(): string {
    return this.double.url.slice(0, -1);
  }

  stop(): Promise<void> {
    return this.double.die();
  }

  /** As the seed job does by a repository's `jenkins/jobs.groovy`. */
  add(name: string, run: (build: Build) => Promise<BuildResult>): void {
    this.jobs.push({ name, parameters: ["MODEL_PACKAGE_ARN"], run });
  }

  /** Builds of a job, once there is one and all have ended. */
  async builds(name: string): Promise<Build[]> {
    const of = () => this.double.builds.filter(({ job }) => job.name === name);
    await until(`${name} is built`, () => (of().length > 0 ? true : undefined));
    await this.double.ended();
    return of();
  }
}

const user = "release-bot";
const may = ["Overall/Read", "Job/Read", "Job/Build"] as const;
