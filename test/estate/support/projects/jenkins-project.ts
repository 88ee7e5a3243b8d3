import { SageMakerClient, UpdateModelPackageCommand } from "@aws-sdk/client-sagemaker";
import type { RepositoryName } from "../../../../templates";
import { prefixes } from "../../../../templates/parameters";
import { buildByJenkinsfile, type Approve, type JenkinsBuild } from "./jenkins-build";
import type { Stage } from "./stage";

const repositoryOf = (owner: string, which: RepositoryName) => `acme/${owner}-${which}`;

/** What whoever makes a project fills in. @param owner begins the names of its repositories */
export const githubParameters = (owner: string, which: readonly RepositoryName[]): Record<string, string> =>
  Object.fromEntries(
    which.flatMap((name): [string, string][] => [
      [`${prefixes[name]}CodeRepositoryURL`, `https://github.com/${repositoryOf(owner, name)}`],
      [`${prefixes[name]}CodeRepositoryFullname`, repositoryOf(owner, name)],
    ]),
  );

interface Project {
  readonly name: string;
  readonly id: string;
  /** Begins the names of its repositories. */
  readonly owner: string;
}

/** A project that has its repositories on GitHub, and is built by Jenkins. */
export class JenkinsProject {
  constructor(
    private readonly stage: Stage,
    private readonly project: Project,
  ) {}

  /** ARN of its first version, in which AWS writes names in small letters. */
  get version(): string {
    const { name, id } = this.project;
    return `arn:aws:sagemaker:us-east-1:111111111111:model-package/${name.toLowerCase()}-${id}/1`;
  }

  /** A clone of a repository as it was seeded. */
  clone(which: RepositoryName): string {
    return this.stage.github.clone(repositoryOf(this.project.owner, which));
  }

  /** Builds a clone, where nobody is asked. @returns what it printed */
  async build(folder: string): Promise<string> {
    const { failed, output } = await buildByJenkinsfile(folder, this.stage.jenkins.agent, () =>
      Promise.resolve(false),
    );
    expect([failed, output]).toEqual([undefined, output]);
    return output;
  }

  /** Approves the first version, which starts the deploy job, once and for that version. @returns what its build printed, in that clone */
  async release(folder: string, approve: Approve): Promise<string> {
    const { jenkins, access } = this.stage;
    const job = `${this.project.name}-${this.project.id}/deploy`;
    const builds: Promise<JenkinsBuild>[] = [];
    jenkins.add(job, async ({ parameters }) => {
      const build = buildByJenkinsfile(folder, { ...jenkins.agent, ...parameters }, approve);
      builds.push(build);
      return (await build).failed === undefined ? "SUCCESS" : "FAILURE";
    });
    await new SageMakerClient(access).send(
      new UpdateModelPackageCommand({ ModelPackageArn: this.version, ModelApprovalStatus: "Approved" }),
    );
    const asked = await jenkins.builds(job);
    const [{ failed, output } = { failed: "no build", output: "" }] = await Promise.all(builds);
    expect([failed, output]).toEqual([undefined, output]);
    expect(asked.map(({ parameters }) => parameters)).toEqual([{ MODEL_PACKAGE_ARN: this.version }]);
    return output;
  }
}
