import { createHash } from "node:crypto";
import { Builds, fileOf } from "./support/builds";
import { describeWithJava } from "./support/describe-with-java";
import { runPipeline, setUpMilliseconds } from "./support/harness";
import { fails, planned, release, routed, version } from "./support/releases";
import { outside, withToken } from "./support/server-role";

const newer = version.replace(/2$/, "3");
const hostile = `$(touch /tmp/x)"; rm -rf /; \n--role=admin '`;

const scenarios = [
  release({ name: "approved", approver: "bob" }),
  release({ name: "outside of AWS", env: outside }),
  release({ name: "hostile", params: { MODEL_PACKAGE_ARN: hostile }, shell: [{ match: "route", exit: 2 }] }),
  release({ name: "served by nobody", shell: [routed()] }),
  release({
    name: "two approvals in a row",
    arrival: { at: "^input$", build: release({ name: "", params: { MODEL_PACKAGE_ARN: newer } }) },
  }),
  release({ name: "test fails in staging", shell: [fails("staging")] }),
  release({ name: "refused", input: "refuse" }),
  release({ name: "not answered", input: "expire" }),
  release({ name: "rolled back in prod", shell: [fails("prod")] }),
  release({ name: "restarted while prod was updated", shell: [fails("prod", 143)] }),
  release({
    name: "run again",
    shell: [planned("staging", 0), planned("prod", 3)],
  }),
  release({ name: "everything serves it", shell: [planned("staging", 0), planned("prod", 0)] }),
  release({ name: "plan fails", shell: [planned("staging", 1)] }),
  release({ name: "nobody may approve", env: { MLOPS_APPROVERS: "" } }),
  release({
    name: "an earlier build has left its own about",
    left: { "release/prod/question.txt": "old", "node_modules/commander/index.js": "planted" },
  }),
];

describeWithJava("deploy.Jenkinsfile", () => {
  let all: Builds;
  beforeAll(async () => {
    all = new Builds(await runPipeline(fileOf("jenkins/deploy.Jenkinsfile"), scenarios));
  }, setUpMilliseconds);

  const released = (name: string) =>
    all
      .of(name)
      .steps("sh")
      .filter(({ script }) => script?.includes("endpoints deploy"))
      .map(({ env }) => env?.RELEASE_TO);

  test("a version goes through staging, where nobody is asked, to prod, where somebody approves", () => {
    const build = all.of("approved");
    expect(build.stages).toEqual([
      "Route",
      "Release",
      "Release / Plan staging",
      "Release / Release to staging",
      "Release / Plan prod",
      "Release / Approve prod",
      "Release / Release to prod",
    ]);
    expect(build.result).toBe("SUCCESS");
    const [, prod] = build.steps("sh").filter(({ script }) => script?.includes("endpoints deploy"));
    expect(prod?.env).toMatchObject({ MODEL_PACKAGE_ARN: version, APPROVED_BY: "bob", RELEASE_TO: "prod" });
    const manifest = prod?.files?.["release/prod/manifest.json"] ?? "";
    expect(prod?.env).toMatchObject({ PLAN_DIGEST: createHash("sha256").update(manifest).digest("hex") });
  });

  test("defect 12.1: no agent waits for the approver, who is named, has a time limit, the version's metrics and the plan", () => {
    expect(all.of("approved").steps("input")).toEqual([
      expect.objectContaining({
        agent: null,
        submitter: "alice,bob",
        timeLimits: 1,
        message:
          "Release  version 2 to prod\nMetrics  auc 0.9412\n\nThe plan: http://jenkins/job/mlops/1/artifact/release/prod/plan.md",
      }),
    ]);
    expect(all.of("approved").steps("mail")).toMatchObject([{ subject: "Waits for approval: mlops #1" }]);
  });

  test("a server outside of AWS has its role by a token of the build, which no package gets that set-up installs", () => {
    const [plan, deploy] = ["endpoints plan", "endpoints deploy"];
    expect(withToken(all.of("outside of AWS"))).toEqual(["endpoints route", plan, deploy, plan, deploy]);
    expect(withToken(all.of("approved"))).toEqual([]);
    expect(all.of("approved").steps("withCredentials")).toEqual([]);
  });

  test("every line runs main's commit, in a workspace of its own, whatever was left there", () => {
    const build = all.of("an earlier build has left its own about");
    expect(build.steps("checkout").map(({ commit }) => commit)).toEqual([undefined, "c1", "c1", "c1", "c1"]);
    expect(
      build.steps("sh").every(({ files }) => files?.["node_modules/commander/index.js"] === undefined),
    ).toBe(true);
  });

  test("defect 12.2: the parameter is data: no line is made of it, and behind -- it is no option", () => {
    for (const name of ["hostile", "approved"])
      for (const { script = "", interpolated } of all.of(name).steps("sh")) {
        expect(interpolated).toBe(false);
        expect(script).not.toContain(hostile);
        if (script.includes("MODEL_PACKAGE_ARN")) expect(script).toMatch(/ -- [^-]*"\$MODEL_PACKAGE_ARN"/);
      }
    const build = all.of("hostile");
    expect(build.line(/route/).env).toMatchObject({ MODEL_PACKAGE_ARN: hostile });
    expect([build.result, released("hostile")]).toEqual(["FAILURE", []]);
    expect(build.steps("mail").map(({ body }) => body)).not.toContainEqual(expect.stringContaining("rm -rf"));
  });

  test("a version that nothing serves is no failure", () => {
    expect([all.of("served by nobody").result, released("served by nobody")]).toEqual(["SUCCESS", []]);
  });

  test("defect 12.1: of two approvals in a row the second is in staging while the first waits, and asks once that was released", () => {
    const both = all.of("two approvals in a row");
    const order = both.events
      .filter(
        ({ step, script }) => step === "input" || step === "waits for lock" || script?.includes("deploy"),
      )
      .map(({ build, step, env }) => [build, step, env?.MODEL_PACKAGE_ARN]);
    expect(order).toEqual([
      [1, "sh", version],
      [1, "input", undefined],
      [2, "sh", newer],
      [2, "waits for lock", undefined],
      [1, "sh", version],
      [2, "input", undefined],
      [2, "sh", newer],
    ]);
    expect([both.build(1).result, both.build(2).result]).toEqual(["SUCCESS", "SUCCESS"]);
  });

  test.each<[string, string, readonly string[]]>([
    ["test fails in staging", "FAILURE", ["staging"]],
    ["refused", "ABORTED", ["staging"]],
    ["not answered", "ABORTED", ["staging"]],
    ["rolled back in prod", "FAILURE", ["staging", "prod"]],
    ["restarted while prod was updated", "FAILURE", ["staging", "prod"]],
    ["plan fails", "FAILURE", []],
    ["nobody may approve", "FAILURE", ["staging"]],
  ])("%s: the build is %s and tells, and goes no further", (name, result, environments) => {
    const build = all.of(name);
    expect([build.result, released(name)]).toEqual([result, environments]);
    expect(build.steps("mail").at(-1)).toMatchObject({ subject: `${result}: mlops #1` });
  });

  test("run again after a restart, it does what is left, and asks nobody for what was applied", () => {
    expect(released("run again")).toEqual(["prod"]);
    expect([all.of("run again").steps("input"), all.of("run again").result]).toEqual([[], "SUCCESS"]);
    expect(released("everything serves it")).toEqual([]);
  });
});
