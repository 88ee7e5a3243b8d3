import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../tools/paths";
import { describeWithRsync } from "./support/describe-with-rsync";
import { GitLabRepository, type Ran } from "./support/pipeline";

const version = "arn:aws:sagemaker:us-east-1:111111111111:model-package/churn-p-abcdefghijkl/2";
const verify = ["ruff check .", "pytest --quiet"];
const merge = { variables: ["CI_PIPELINE_SOURCE=merge_request_event", "CI_COMMIT_BRANCH="] };

/** What ran of those, in the order in which they are written: jobs of one stage run beside one another. */
const ranOf = (commands: readonly string[], { commands: ran }: Ran) =>
  commands.filter((command) => ran.includes(command));

describeWithRsync("the seeded deploy repository's .gitlab-ci.yml", () => {
  const deploy = new GitLabRepository("deploy");
  const inOrder = [
    ...verify,
    "ci.release",
    "ci.deploy staging",
    "ci.test_staging",
    "ci.plan production",
    "ci.deploy production",
  ];
  beforeAll(() => deploy.make());

  test("passes GitLab's schema, and brings a version to staging, tests it there, and stops for a person", async () => {
    const ran = await deploy.run({ schema: true, variables: [`MODEL_PACKAGE_ARN=${version}`] });
    expect([ran.exitCode, ran.output]).toEqual([0, expect.stringContaining("json schema validated")]);
    expect(ran.passed).toEqual(["verify", "release", "staging", "test-staging"]);
    expect(ran.commands.slice(-3)).toEqual(inOrder.slice(3, -1));
    expect(ran.calls).toContain(`ci.release MODEL_PACKAGE_ARN=${version} token=token-of-this-job release=`);
  });

  test("production is a person's to start, with what was planned", async () => {
    const ran = await deploy.run({ manual: "production" });
    expect([ran.exitCode, ran.passed.at(-1)]).toEqual([0, "production"]);
    expect(ran.calls.at(-1)).toBe(
      "ci.deploy production MODEL_PACKAGE_ARN= token=token-of-this-job release=plan-production.txt version.json",
    );
  });

  test.each([
    ["ruff check .", "verify"],
    ["ci.release", "release"],
    ["ci.deploy staging", "staging"],
    ["ci.test_staging", "test-staging"],
    ["ci.deploy production", "production"],
  ])("where %s fails, the job %s does, and no later stage runs", async (fails, job) => {
    const ran = await deploy.run({ fails, manual: "production" });
    expect([ran.exitCode, ran.failed]).toEqual([1, [job]]);
    const later = inOrder.slice(Math.max(inOrder.indexOf(fails), inOrder.indexOf("ci.release")) + 1);
    expect(ranOf(later, ran)).toEqual([]);
  });

  test("a merge request is verified, and has no role in AWS", async () => {
    const ran = await deploy.run(merge);
    expect([ran.exitCode, ran.passed]).toEqual([0, ["verify"]]);
  });
});

describeWithRsync("the seeded build repository's .gitlab-ci.yml", () => {
  const build = new GitLabRepository("build");
  beforeAll(() => build.make());

  test("passes GitLab's schema, verifies and builds", async () => {
    const ran = await build.run({ schema: true });
    expect([ran.exitCode, ran.output]).toEqual([0, expect.stringContaining("json schema validated")]);
    expect(ran.commands).toEqual([...verify, "ci.build"]);
  });

  test.each([...verify.map((line) => [line, "verify"] as const), ["ci.build", "build"] as const])(
    "where %s fails, the job %s does",
    async (fails, job) => {
      const ran = await build.run({ fails });
      expect([ran.exitCode, ran.failed, ran.commands.at(-1)]).toEqual([1, [job], fails]);
    },
  );

  test("a merge request is verified, and has no role in AWS", async () => {
    expect((await build.run(merge)).commands).toEqual(verify);
  });
});

describe("both .gitlab-ci.yml", () => {
  const files = ["build", "deploy"].map((name) =>
    readFileSync(join(repository, `templates/gitlab/seed/${name}/.gitlab-ci.yml`), "utf8"),
  );

  test.each(files)("defect 18.5: a job has its role by a token of its own, and no key", (text) => {
    expect(text).toContain("id_tokens:\n    AWS_ID_TOKEN:\n      aud: $CI_SERVER_URL\n");
    expect(text).not.toMatch(/ACCESS_KEY|SECRET/);
  });

  test("defect 18: stages have environments, and one deployment of each at a time", () => {
    for (const stage of ["staging", "production"])
      expect(files[1]).toMatch(new RegExp(`environment:\n    name: ${stage}\n  resource_group: ${stage}\n`));
  });

  test("defect 18.3: the version travels as an input, which must be an ARN or nothing", () => {
    const [, pattern = ""] = /^ +regex: (.+)$/m.exec(files[1] ?? "") ?? [];
    const input = new RegExp(pattern);
    expect([version, "", "latest", `${version}"; rm -rf /`].map((each) => input.test(each))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
