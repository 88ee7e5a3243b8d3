import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import { dirname, join } from "node:path";
import { Seeder, type Surroundings } from "../../../../../lambdas/seed-repository/actions";
import type { ResourceRequest } from "../../../../../lambdas/seed-repository/custom-resource";
import type { Properties } from "../../../../../lambdas/seed-repository/properties";
import { Redaction } from "../../../../../lambdas/seed-repository/redaction";
import { respond } from "../../../../../lambdas/seed-repository/respond";
import { temporaryFolder } from "../../../../support/temporary-folder";
import type { CloudFormation, Response } from "./cloud-formation";

/** Values of a project, as its template has them. */
export const project = {
  projectName: "churn",
  projectId: "p-1a2b3c",
  account: "111111111111",
  region: "us-east-1",
  template: "jenkins",
  templateVersion: "1",
};

type Around = Partial<Omit<Surroundings, "redaction">>;

/** Calls the function as CloudFormation does. */
export class Caller {
  private requests = 0;

  constructor(
    private readonly cloudFormation: CloudFormation,
    private readonly around: Around,
    private readonly properties: Properties,
  ) {}

  async create(more: Properties = {}): Promise<Response> {
    return this.ask({ RequestType: "Create", ResourceProperties: { ...this.properties, ...more } });
  }

  async update(id: string, old: Properties, now: Properties): Promise<Response> {
    const [ResourceProperties, OldResourceProperties] = [now, old].map((more) => ({
      ...this.properties,
      ...more,
    }));
    return this.ask({
      RequestType: "Update",
      PhysicalResourceId: id,
      ...(ResourceProperties && OldResourceProperties && { ResourceProperties, OldResourceProperties }),
    });
  }

  async remove(id: string, more: Properties = {}): Promise<Response> {
    return this.ask({
      RequestType: "Delete",
      PhysicalResourceId: id,
      ResourceProperties: { ...this.properties, ...more },
    });
  }

  async ask(
    request: Pick<ResourceRequest, "RequestType"> & Partial<ResourceRequest>,
    remaining = 300_000,
  ): Promise<Response> {
    const missing = (what: string) => () => {
      throw new Error(`The function has no variable ${what}`);
    };
    const redaction = new Redaction();
    const surroundings: Surroundings = {
      connection: missing("CONNECTION"),
      gitlabUrl: missing("GITLAB_URL"),
      gitlabToken: () => Promise.reject(new Error("no token")),
      credentials: () => Promise.reject(new Error("no credentials")),
      archive: () => Promise.reject(new Error("no archive")),
      ...this.around,
      redaction,
    };
    this.requests += 1;
    const whole: ResourceRequest = {
      ResponseURL: this.cloudFormation.url,
      StackId: "arn:aws:cloudformation:us-east-1:111111111111:stack/SP-1/2",
      RequestId: `request-${this.requests}`,
      LogicalResourceId: "BuildRepository",
      ...request,
    };
    await respond(whole, new Seeder(surroundings), redaction, remaining);
    return this.cloudFormation.take();
  }
}

/** A program's result, whatever the user's own settings of git. */
export const git = (folder: string, ...words: readonly string[]): string =>
  execFileSync("git", ["-C", folder, "-c", "user.name=ada", "-c", "user.email=ada@example.com", ...words], {
    env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_SYSTEM: devNull },
    encoding: "utf8",
    stdio: "pipe",
  }).trim();

/** A clone of a repository. */
export function clone(bare: string, branch = "main"): string {
  const folder = temporaryFolder();
  git(folder, "clone", "--quiet", "--branch", branch, bare, ".");
  return folder;
}

/** What a person commits and pushes. */
export function commit(bare: string, files: Readonly<Record<string, string>>): void {
  const folder = temporaryFolder();
  git(folder, "clone", "--quiet", bare, ".");
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "work");
  git(folder, "push", "--quiet", "origin", "HEAD:refs/heads/main");
}

export const filesOf = (bare: string, branch = "main"): string[] =>
  git(bare, "-c", "core.quotePath=off", "ls-tree", "-r", "--name-only", branch).split("\n");

export const countOf = (bare: string, branch = "main"): number =>
  Number(git(bare, "rev-list", "--count", branch));
