import { Builds, fileOf } from "./support/builds";
import { describeWithJava } from "./support/describe-with-java";
import { runPipeline, setUpMilliseconds } from "./support/harness";
import { scenarios } from "./support/scenarios";

describeWithJava("Jenkinsfile", () => {
  let all: Builds;
  beforeAll(async () => {
    all = new Builds(await runPipeline(fileOf("Jenkinsfile"), scenarios));
  }, setUpMilliseconds);

  test("is a declarative pipeline that Jenkins would take", () => {
    expect(all.events.filter(({ event }) => ["violation", "refused", "postFailed"].includes(event))).toEqual(
      [],
    );
  });

  test("sets up, verifies, synthesises and plans, in this order", () => {
    expect(all.of("main").stages).toEqual([
      "Build",
      "Build / Set-up",
      "Build / Verify",
      "Build / Synthesise",
      "Build / Plan",
      "Apply",
      "Apply / Apply the archived plan",
    ]);
    expect(all.of("main").shellLines.slice(0, 3)).toEqual([
      "npm run --silent setup",
      "npm run --silent verify",
      "npx cdktf synth",
    ]);
  });

  test("hands no value to a shell by Groovy's interpolation, which a parameter could break out of", () => {
    expect(all.steps("sh").filter(({ interpolated }) => interpolated)).toEqual([]);
  });

  describe("a pull request", () => {
    test("is planned for what it affects, and the plan and its Markdown are archived", () => {
      const build = all.of("pull request");
      const plan = build.line(/mlops plan/);
      expect(plan.script).toBe(
        'node jenkins/logged.js npx mlops plan --applied-by ci --affected "origin/$CHANGE_TARGET" --out plan',
      );
      expect(plan.env).toMatchObject({ CHANGE_TARGET: "main" });
      expect(plan.agent).toBe("mlops-plan/1");
      const archived = build.steps("archiveArtifacts").at(-1);
      expect(Object.keys(archived?.files ?? {})).toEqual(
        expect.arrayContaining(["plan/manifest.json", "plan/plan.md"]),
      );
      expect(build.result).toBe("SUCCESS");
    });

    test("is never applied and asks nobody", () => {
      const build = all.of("pull request");
      expect(build.applied).toBe(false);
      expect(build.steps("input")).toEqual([]);
    });

    test("fails with its plan, and what was planned is archived all the same", () => {
      const build = all.of("pull request whose plan fails");
      expect(build.result).toBe("FAILURE");
      expect(build.steps("archiveArtifacts").at(-1)?.files).toHaveProperty(["plan/plan.md"]);
      expect(build.steps("mail")).toEqual([]);
    });
  });

  describe("a fork's pull request", () => {
    test("is verified but not planned, on agents that have no role to lend it", () => {
      const build = all.of("fork");
      expect(build.shellLines.filter((line) => /mlops (plan|apply)/.exec(line))).toEqual([]);
      expect(build.shellLines).toContain("npm run --silent verify");
      expect(new Set(build.steps("sh").map(({ agent }) => agent))).toEqual(new Set(["mlops-forks/1"]));
      expect(build.result).toBe("SUCCESS");
    });
  });

  describe("another branch", () => {
    test.each(["branch", "branch called origin/main"])("is verified and nothing more: %s", (name) => {
      expect(all.of(name).stages.at(-1)).toBe("Build / Synthesise");
      expect(all.of(name).result).toBe("SUCCESS");
    });
  });
});
