import { join } from "node:path";
import { GitlabDouble, roles } from "../../../../../emulator/gitlab";
import type { Project } from "../../../../../emulator/gitlab/store";
import { temporaryFolder } from "../../../../support/temporary-folder";
import { archiveOf } from "./archive";
import { CloudFormation } from "./cloud-formation";
import { Caller, project } from "./seeding";

/** One with characters that split what is split by them. */
export const token = "glpat-to:ken+1/2";
const bot = {
  username: "seed-bot",
  tokens: [
    { value: token, scopes: ["api"] as const },
    { value: "glpat-reads", scopes: ["read_api"] as const },
    { value: "glpat-old", scopes: ["api"] as const, expired: true },
  ],
};
export const ada = { username: "ada", tokens: [{ value: "glpat-ada", scopes: ["api"] as const }] };
const members = { "seed-bot": roles.maintainer, ada: roles.developer };

/** What a template asks of GitLab. */
export const properties = {
  ...{ Host: "gitlab", Repository: "ml/churn/churn-build", Seed: "seeds/gitlab/1/build.tar.gz" },
  SeedVersion: "v1",
  Project: { ...project, template: "gitlab" },
  Variables: {
    AWS_REGION: "us-east-1",
    EXECUTION_ROLE: "arn:aws:iam::111111111111:role/mlops",
    SHORT: "a b",
  },
  ProtectedEnvironments: ["production"],
  Schedule: { Cron: "0 4 * * 1", Description: "Train every week" },
};
/** The same, for a project of the same name that comes after it. */
export const nextProject = { Project: { ...properties.Project, projectId: "p-9z8y7x" } };

/** A GitLab server, and who seeds its projects. */
export interface OnGitlab {
  cloudFormation: CloudFormation;
  gitlab: GitlabDouble;
  /** The token in the secret. */
  token: string;
  caller: Caller;
}

/** Makes it anew for each test of a file. @returns what the hooks fill */
export function onGitlab(): OnGitlab {
  const world = {} as OnGitlab;
  let archive: Buffer;
  beforeAll(async () => {
    jest.spyOn(console, "info").mockReturnValue();
    world.cloudFormation = await CloudFormation.start();
    archive = await archiveOf({ "README.md": "seeded", "src/train.py": "print(1)\n" });
  });
  beforeEach(async () => {
    world.gitlab = await startGitlab();
    world.token = token;
    const around = {
      gitlabUrl: () => world.gitlab.url,
      gitlabToken: () => Promise.resolve(world.token),
      archive: () => Promise.resolve(archive),
    };
    world.caller = new Caller(world.cloudFormation, around, properties);
  });
  afterEach(() => world.gitlab.stop());
  afterAll(() => {
    world.cloudFormation.stop();
  });
  return world;
}

export const startGitlab = (more: { readonly tier?: "free" } = {}): Promise<GitlabDouble> =>
  GitlabDouble.start({
    folder: join(temporaryFolder(), "gitlab"),
    users: [bot, ada],
    groups: [
      { path: "ml", members },
      { path: "ml/churn", members: {} },
    ],
    ...more,
  });

/** The project that was made. */
export function madeOn({ gitlab }: OnGitlab): Project {
  const found = gitlab.store.project("ml/churn/churn-build");
  if (!found) throw new Error("The project is not there");
  return found;
}
