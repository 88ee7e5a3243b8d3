import { projectFile } from "../support/assembled-seed";
import { Builds, fileOf } from "./support/builds";
import { describeWithJava } from "./support/describe-with-java";
import type { Event, Scenario } from "./support/events";
import { runJobDsl, runPipeline, setUpMilliseconds } from "./support/harness";

const version = "arn:aws:sagemaker:us-east-1:111111111111:model-package/churn-p-abcdefghijkl/2";
const hostile = `$(touch /tmp/x)"; rm -rf /; '`;
const question = "production of churn\n- version 2 instead of 1\n";

/** What Jenkins gives a build of a seeded repository's job. Planning writes what the approver reads. */
const build = (scenario: Partial<Scenario> & { readonly name: string }): Scenario => ({
  checkouts: [{ GIT_BRANCH: "origin/main", GIT_COMMIT: "c1" }],
  env: { MLOPS_APPROVERS: "alice:alice@example.com, bob:bob@example.com" },
  ...scenario,
  shell: [
    ...(scenario.shell ?? []),
    { match: "ci.build", files: { "release/version.json": "{}" } },
    { match: "ci.release", files: { "release/version.json": `{"arn": "${version}"}` } },
    { match: "ci.plan", files: { "release/plan-production.txt": question } },
  ],
});

/** The Python lines of a build, without how they are set up. */
const commands = (of: Builds) =>
  of
    .steps("sh")
    .flatMap(({ script = "" }) => /^\.venv\/bin\/python -m (?!pip )(.*)$/.exec(script)?.[1] ?? []);

const fails = (match: string) => build({ name: match, shell: [{ match, exit: 1 }] });
const verify = ["ruff check .", "pytest --quiet"];
const test = ["ci.test_staging", "ci.plan production"];

describeWithJava("the seeded deploy repository's Jenkinsfile", () => {
  const inOrder = [...verify, "ci.release", "ci.deploy staging", ...test, "ci.deploy production"];
  let all: Builds;
  beforeAll(async () => {
    const scenarios = [
      build({ name: "approved", approver: "bob", params: { MODEL_PACKAGE_ARN: version } }),
      build({ name: "a commit" }),
      build({ name: "hostile", params: { MODEL_PACKAGE_ARN: hostile } }),
      build({ name: "refused", input: "refuse" }),
      build({ name: "not answered", input: "expire" }),
      build({ name: "nobody may approve", env: { MLOPS_APPROVERS: "" } }),
      build({ name: "left over", left: { ".venv/bin/python": "planted", "release/version.json": "old" } }),
      ...inOrder.map(fails),
      fails("pip install"),
    ];
    all = new Builds(await runPipeline(fileOf("templates/shared/jenkins-deploy/Jenkinsfile"), scenarios));
  }, setUpMilliseconds);

  it("verifies, brings a version to staging, tests and plans, asks, and brings it to production", () => {
    const done = all.of("approved");
    expect([done.result, commands(done)]).toEqual(["SUCCESS", inOrder]);
    expect(done.stages).toEqual(["Build", "Staging", "Test staging", "Approve production", "Production"]);
    expect(done.line(/ci\.release/).env).toMatchObject({ MODEL_PACKAGE_ARN: version });
    expect(done.line(/deploy production/).files).toMatchObject({ "release/plan-production.txt": question });
  });

  it("defect 12.1: no agent waits for the approver, who is named, has a time limit and the plan in words", () => {
    expect(all.of("approved").steps("input")).toEqual([
      expect.objectContaining({ agent: null, submitter: "alice,bob", timeLimits: 1, message: question }),
    ]);
    expect(all.of("approved").steps("echo")).toMatchObject([{ message: "Approved by bob" }]);
  });

  it("asks for no version where a commit starts it: the command decides, and says why", () => {
    expect(all.of("a commit").line(/ci\.release/).env).toMatchObject({ MODEL_PACKAGE_ARN: "" });
    expect(all.of("a commit").result).toBe("SUCCESS");
  });

  it("defect 11.3: the version is data, and no line is made of it", () => {
    for (const { script = "", interpolated } of all.of("hostile").steps("sh"))
      expect([interpolated, script.includes(hostile)]).toEqual([false, false]);
    expect(all.of("hostile").line(/ci\.release/).env).toMatchObject({ MODEL_PACKAGE_ARN: hostile });
  });

  it("stays with one commit, in a workspace of its own, whatever was left there", () => {
    const checkouts = all.of("left over").steps("checkout");
    expect(checkouts.map(({ commit }) => commit)).toEqual([undefined, "c1", "c1", "c1"]);
    const [first] = all.of("left over").steps("sh");
    expect(first?.files).toEqual({});
  });

  it.each(inOrder)("where %s fails, nothing after it runs", (command) => {
    const failed = all.of(command);
    expect(failed.result).toBe("FAILURE");
    expect(commands(failed)).toEqual(inOrder.slice(0, inOrder.indexOf(command) + 1));
  });

  it.each([
    ["refused", "ABORTED"],
    ["not answered", "ABORTED"],
    ["nobody may approve", "FAILURE"],
  ])("%s: the build is %s, and production is left alone", (name, result) => {
    expect(all.of(name).result).toBe(result);
    expect(commands(all.of(name))).toEqual(inOrder.slice(0, -1));
  });

  it("runs nothing where the packages cannot be installed", () => {
    expect([all.of("pip install").result, commands(all.of("pip install"))]).toEqual(["FAILURE", []]);
  });
});

describeWithJava("the Jenkinsfiles that begin a project", () => {
  it.each([
    ["shared/jenkins-build", "ci.build"],
    ["jenkins-batch/seed/preprocess", "ci.preprocess"],
  ])("%s: verifies, then runs %s, whose failure is the build's", async (folder, command) => {
    const inOrder = [...verify, command];
    const scenarios = [build({ name: "good" }), ...inOrder.map(fails)];
    const all = new Builds(await runPipeline(fileOf(`templates/${folder}/Jenkinsfile`), scenarios));
    expect([all.of("good").result, commands(all.of("good"))]).toEqual(["SUCCESS", inOrder]);
    for (const [at, failing] of inOrder.entries()) {
      expect(all.of(failing).result).toBe("FAILURE");
      expect(commands(all.of(failing))).toEqual(inOrder.slice(0, at + 1));
    }
  });
});

describeWithJava("the Job DSL of seeded repositories", () => {
  const files = { "project.json": JSON.stringify(projectFile) };
  const git = { GIT_URL: "https://github.com/acme/churn.git" };
  const jobs = (folder: string, variables: Record<string, string> = git): Promise<Event[]> =>
    runJobDsl(fileOf(`templates/${folder}/jenkins/jobs.groovy`), variables, files);

  it.each([
    ["shared/jenkins-build", "build"],
    ["shared/jenkins-deploy", "deploy"],
    ["jenkins-batch/seed/preprocess", "preprocess"],
  ])(
    "%s: the job is the project's own, polls by hash, and builds one after the other",
    async (folder, name) => {
      const [group, job, ...others] = await jobs(folder);
      expect([group?.name, job?.name, others]).toEqual([
        "churn-p-abcdefghijkl",
        `churn-p-abcdefghijkl/${name}`,
        [],
      ]);
      expect(job).toMatchObject({
        body: {
          properties: {
            disableConcurrentBuilds: [],
            pipelineTriggers: { triggers: { pollSCM: { scmpoll_spec: "H/1 * * * *" } } },
          },
          definition: {
            cpsScm: {
              scm: { git: { remote: { url: git.GIT_URL }, branch: "*/main" } },
              scriptPath: "Jenkinsfile",
            },
          },
        },
      });
      expect(JSON.stringify(job)).not.toContain("authenticationToken");
    },
  );

  it("the version is the deploy job's one parameter", async () => {
    const [, job] = await jobs("shared/jenkins-deploy");
    expect(job).toMatchObject({
      body: { parameters: { stringParam: ["MODEL_PACKAGE_ARN", "", expect.any(String)] } },
    });
  });

  it("reads the repository with the seed job's credential, where it has one", async () => {
    const [, without] = await jobs("shared/jenkins-build");
    expect(JSON.stringify(without)).not.toContain("credentials");
    const [, job] = await jobs("shared/jenkins-build", { ...git, REPOSITORY_CREDENTIAL: "github" });
    expect(job).toMatchObject({
      body: { definition: { cpsScm: { scm: { git: { remote: { credentials: "github" } } } } } },
    });
  });
});
