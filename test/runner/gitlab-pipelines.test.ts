import { createPublicKey, createVerify, type JsonWebKey } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Gitlab } from "@gitbeaker/rest";
import { execa } from "execa";
import { GitlabDouble, roles } from "../../emulator/gitlab";
import { gitlab as releaseTrigger } from "../../lambdas/release-trigger/gitlab";
import { temporaryFolder } from "../support/temporary-folder";
import { git } from "../unit/lambdas/seed-repository/support/seeding";

const version = "arn:aws:sagemaker:us-east-1:111111111111:model-package/churn-p-1/2";
const file = `
spec:
  inputs:
    model_package_arn:
      default: ""
---
stages: [build, staging, production]
build:
  stage: build
  image: python:3.11
  id_tokens:
    AWS_TOKEN:
      aud: $CI_SERVER_URL
  script:
    - test "$CI_PIPELINE_SOURCE" != push || exit 7
    - echo "deploys $[[ inputs.model_package_arn ]] for $CI_PROJECT_PATH with $PASSWORD$LEAKED at $PLACE"
    - mkdir out && echo "$AWS_TOKEN" > out/token && echo "$AWS_TOKEN"
  artifacts:
    paths: [out/]
staging:
  stage: staging
  environment: staging
  script: [test -s out/token, cp out/token "$PLACE"]
by-hand:
  stage: staging
  when: manual
  script: exit 1
production:
  stage: production
  resource_group: production
  environment: production
  rules:
    - when: manual
  script: echo "released by $GITLAB_USER_LOGIN"
`;

let double: GitlabDouble;
let place: string;
const as = (username: string) => new Gitlab({ host: double.url, token: `glpat-${username}` });

beforeEach(async () => {
  const folder = temporaryFolder();
  place = join(folder, "token");
  const users = ["ada", "bob"].map((username) => ({
    username,
    tokens: [{ value: `glpat-${username}`, scopes: ["api"] as const }],
  }));
  double = await GitlabDouble.start({
    folder: join(folder, "gitlab"),
    users,
    groups: [{ path: "ml", members: { ada: roles.maintainer, bob: roles.developer } }],
    runner: { environment: { PLACE: place, HOME: folder } },
  });
  const group = await as("ada").Groups.show("ml");
  const { id } = await as("ada").Projects.create({ name: "churn", namespaceId: group.id });
  await as("ada").ProjectVariables.create(id, "PASSWORD", "pass-word-1", { protected: true, masked: true });
  await fetch(`${double.url}/api/v4/projects/${id}/protected_environments`, {
    method: "POST",
    headers: { "private-token": "glpat-ada", "content-type": "application/json" },
    body: JSON.stringify({
      name: "production",
      deploy_access_levels: [{ access_level: roles.maintainer }],
    }),
  });
});
afterEach(() => double.stop());

const push = (files: Readonly<Record<string, string>>, message: string) => {
  const folder = temporaryFolder();
  git(folder, "init", "--quiet", "--initial-branch=main");
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", message);
  return pushed(folder);
};

/** Without blocking this process, in which the server is. */
const pushed = async (folder: string) => {
  const url = `${double.url.replace("//", "//oauth2:glpat-ada@")}/ml/churn.git`;
  await execa("git", ["-C", folder, "push", "--quiet", url, "HEAD:refs/heads/main"]);
  await double.idle();
};

const jobsOf = async (pipeline: number) =>
  Object.fromEntries(
    (await as("ada").Jobs.all("ml/churn", { pipelineId: pipeline })).map((job) => [job.name, job]),
  );

test("the release trigger starts the file's own pipeline, whose gate a person with the right opens", async () => {
  process.env.LEAKED = "of the caller";
  await push({ ".gitlab-ci.yml": file }, "first [ci skip]");
  delete process.env.LEAKED;
  expect(await as("ada").Pipelines.all("ml/churn")).toMatchObject([
    { id: 1, status: "skipped", source: "push" },
  ]);

  const trigger = releaseTrigger(
    { url: double.url, project: "ml/churn", ref: "main" },
    '{"token":"glpat-bob"}',
  );
  expect(await trigger.start(version)).toBe(`${double.url}/ml/churn/-/pipelines/2`);
  await double.idle();
  const jobs = await jobsOf(2);
  expect(Object.values(jobs).map(({ name, status }) => [name, status])).toEqual([
    ["build", "success"],
    ["staging", "success"],
    ["by-hand", "manual"],
    ["production", "manual"],
  ]);
  expect(await as("ada").Pipelines.show("ml/churn", 2)).toMatchObject({ status: "manual", source: "api" });
  const log = await as("ada").Jobs.showLog("ml/churn", jobs.build?.id ?? 0);
  expect(log).toContain(`deploys ${version} for ml/churn with [MASKED] at ${place}`);
  expect(log).not.toMatch(/eyJ[\w-]+\.eyJ/);

  const gate = jobs.production?.id ?? 0;
  await expect(as("bob").Jobs.play("ml/churn", gate)).rejects.toThrow("Forbidden");
  await as("ada").Jobs.play("ml/churn", gate);
  await double.idle();
  expect(await as("ada").Jobs.showLog("ml/churn", gate)).toContain("released by ada");
  expect(await as("ada").Pipelines.show("ml/churn", 2)).toMatchObject({ status: "success" });
  await expect(as("ada").Jobs.play("ml/churn", gate)).rejects.toThrow("Unplayable Job");
  await checkToken();
});

/** What AWS is shown by the job. */
async function checkToken(): Promise<void> {
  const [head = "", claims = "", signature = ""] = readFileSync(place, "utf8").trim().split(".");
  const { keys } = (await (await fetch(`${double.url}/oauth/discovery/keys`)).json()) as {
    keys: JsonWebKey[];
  };
  const key = createPublicKey({ format: "jwk", key: keys[0] ?? {} });
  const verified = createVerify("RSA-SHA256").update(`${head}.${claims}`).verify(key, signature, "base64url");
  expect(verified).toBe(true);
  expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({
    iss: double.url,
    aud: double.url,
    sub: "project_path:ml/churn:ref_type:branch:ref:main",
    project_path: "ml/churn",
    ref_protected: "true",
  });
}

test("a push starts a pipeline; what fails ends it, with what comes later skipped", async () => {
  await push({ ".gitlab-ci.yml": file }, "first");
  const jobs = await jobsOf(1);
  expect(Object.values(jobs).map(({ name, status }) => [name, status])).toEqual([
    ["build", "failed"],
    ["staging", "skipped"],
    ["by-hand", "skipped"],
    ["production", "skipped"],
  ]);
  expect(jobs.build).toMatchObject({ failure_reason: "script_failure" });
  expect(await as("ada").Pipelines.all("ml/churn")).toMatchObject([{ status: "failed" }]);
});

test("a file that is not GitLab's fails its pipeline, and no pipeline takes inputs that it does not declare", async () => {
  await push({ ".gitlab-ci.yml": "build:\n  script: echo\n  colour: red\n" }, "wrong");
  const [pipeline] = await as("ada").Pipelines.all("ml/churn");
  expect(pipeline).toMatchObject({
    status: "failed",
    yaml_errors: expect.stringContaining("colour") as string,
  });
  const trigger = releaseTrigger(
    { url: double.url, project: "ml/churn", ref: "main" },
    '{"token":"glpat-bob"}',
  );
  await expect(trigger.start(version)).rejects.toThrow("or no input model_package_arn in .gitlab-ci.yml");
});
