import { followPipeline, plain } from "../../../../demo/drill/projects/ci";
import type { Project } from "../../../../demo/drill/projects/context";
import { GitlabApi } from "../../../../demo/drill/projects/gitlab-api";
import { refusedTo } from "../../../../demo/drill/projects/refused";
import { planIn, stagingTestIn } from "../../../../demo/drill/projects/traces";

const version = "arn:aws:sagemaker:us-east-1:111111111111:model-package/diagnosis-p-abcdefghijkl/1";

const trace = plain(`test-staging > AUC       0.9947 on 114 rows, registered with 0.9950
test-staging $ .venv/bin/python -m ci.plan production
test-staging > production of diagnosis: ${version}
test-staging > AUC 0.9950 when it was registered; asked for
test-staging > - version 1, where nothing serves yet
test-staging > - 1 instances
test-staging finished in 9.9 s
`);

test("a trace says what staging scored, and what whoever decides on production reads", () => {
  expect(stagingTestIn(trace)).toEqual({ rows: 114, auc: 0.9947, registered: 0.995 });
  expect(planIn(trace)).toBe(
    [
      `production of diagnosis: ${version}`,
      "AUC 0.9950 when it was registered; asked for",
      "- version 1, where nothing serves yet",
      "- 1 instances",
    ].join("\n"),
  );
});

test("a trace without a measurement, or without a plan, is no passed test", () => {
  expect(() => stagingTestIn("test-staging > all is well")).toThrow(
    "says no AUC:\ntest-staging > all is well",
  );
  expect(() => planIn("AUC 0.9950 when it was registered")).toThrow("no plan of production");
});

test("of all refusals those count that roles of the project got", () => {
  const refusal = (role: string) =>
    `User: arn:aws:sts::111111111111:assumed-role/${role}/session is not authorized to perform: s3:GetObject`;
  const ci = refusal("mlops-dev-p-abcdefghijkl-ci");
  const others = [refusal("mlops-dev-p-abcdefghijkl-ci-other"), refusal("OrganizationAccountAccessRole")];
  expect(refusedTo(["mlops-dev-p-abcdefghijkl-ci"], [...others, ci])).toEqual([ci]);
});

describe("a pipeline that is followed", () => {
  const job = (id: number, name: string, status: string) => ({
    ...{ id, name, status, duration: 4, failure_reason: "script_failure", user: { username: "platform" } },
    started_at: status === "skipped" ? null : new Date(1_000 * (10 - id)).toISOString(),
  });
  const project = (): Project => ({
    ...{ askedAt: 0, build: "ml/build", deploy: "ml/deploy", group: "diagnosis" },
    report: {
      ...{ name: "diagnosis", id: "p-abcdefghijkl", template: "gitlab", environment: "dev", account: "1" },
      ...{ resources: {}, repositories: [], steps: [], executions: [] },
    },
  });

  /** GitLab answers by path; the pipeline has this status each time that it is asked for, the last one from then on. */
  function answers(statuses: readonly string[], jobs: readonly object[], errors: string | null = null): void {
    let asked = 0;
    jest.spyOn(globalThis, "fetch").mockImplementation((address) => {
      const path = (address as string).replace(/.*ml%2Fbuild/, "");
      if (path.endsWith("/trace")) return Promise.resolve(new Response("build > first\nbuild > the reason"));
      if (path.endsWith("/jobs")) return Promise.resolve(Response.json(jobs));
      const status = statuses[Math.min(asked++, statuses.length - 1)];
      const pipeline = { id: 7, sha: "abc", source: "push", status, yaml_errors: errors };
      return Promise.resolve(Response.json([{ ...pipeline, id: 8, source: "api" }, pipeline]));
    });
  }
  afterEach(() => jest.restoreAllMocks());

  const follow = (of: Project, until = "success") => {
    const git = { as: () => new GitlabApi("http://gitlab", "token") };
    const around = { git, say: () => undefined, signal: new AbortController().signal };
    return followPipeline(around, of, { repository: "ml/build", source: "push", until });
  };

  test("is that of the source, until nothing moves; each job is kept once, in the order in which they began", async () => {
    answers(["created", "running", "success"], [job(1, "build", "success"), job(2, "verify", "success")]);
    const of = project();
    expect((await follow(of)).pipeline.id).toBe(7);
    expect(of.report.steps.map(({ name, startedAfter }) => [name, startedAfter])).toEqual([
      ["verify", 8],
      ["build", 9],
    ]);
  });

  test("fails by the job that failed, with the end of what it wrote, and what ran is told", async () => {
    answers(["failed"], [job(1, "verify", "success"), job(2, "build", "failed"), job(3, "last", "skipped")]);
    const of = project();
    await expect(follow(of)).rejects.toThrow("CI's job build failed (script_failure):\nfirst\nthe reason");
    expect(of.report.steps.map(({ name, status }) => `${name} ${status}`)).toEqual([
      "build failed",
      "verify passed",
    ]);
  });

  test("fails where GitLab does not take the file, and where it ends otherwise than is wanted", async () => {
    answers(["failed"], [], "jobs:build config is empty");
    await expect(follow(project())).rejects.toThrow("does not take the CI file: jobs:build config is empty");
    answers(["skipped"], [job(1, "build", "skipped")]);
    await expect(follow(project(), "manual")).rejects.toThrow(
      "The pipeline of ml/build is skipped, not manual",
    );
  });
});
