import { Builds, fileOf } from "./support/builds";
import { describeWithJava } from "./support/describe-with-java";
import { runPipeline, setUpMilliseconds } from "./support/harness";
import { scenarios } from "./support/scenarios";
import { withToken } from "./support/server-role";

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

  test("a server outside of AWS has its role by a token of a build of main, and of no pull request", () => {
    expect(withToken(all.of("outside of AWS"))).toEqual(["plan", "apply"]);
    expect(all.of("pull request, outside of AWS").steps("withCredentials")).toEqual([]);
    expect(withToken(all.of("main"))).toEqual([]);
  });

  test("verifies, plans and applies, in this order", () => {
    const stages = (...own: string[]) => [
      ...["Commit", "Verify", "Accounts", "Plan and apply"],
      ...own.map((stage) => `Plan and apply / ${stage} prod`),
    ];
    expect(all.of("main").stages).toEqual(stages("Plan", "Apply"));
    expect(all.of("approved").stages).toEqual(stages("Plan", "Approve", "Apply"));
    expect(all.of("pull request").stages).toEqual(["Verify", "Plan a pull request"]);
    expect(all.of("pull request").shellLines.slice(0, 4)).toEqual([
      "npm run --silent setup",
      "npm run --silent verify",
      "npx cdktf synth",
      "npm run --silent sbom",
    ]);
    expect(all.of("pull request").steps("archiveArtifacts")[0]?.files).toHaveProperty(["sbom.cdx.json"]);
  });

  test("runs on an agent that may apply only what main plans and applies, and which commit that is", () => {
    const lines = all.steps("sh").filter(({ agent }) => agent?.startsWith("mlops-apply/"));
    expect([
      ...new Set(
        lines.map(({ script }) => script?.replace(/^node jenkins\/logged.js /, "").replace(/ --.*$/, "")),
      ),
    ]).toEqual(["npm run", "node cli/mlops environments", "node cli/mlops plan", "node cli/mlops apply"]);
    const verified = all.steps("sh").filter(({ script = "" }) => /verify|cdktf synth/.test(script));
    expect([...new Set(verified.map(({ agent }) => agent?.split("/")[0]))].toSorted()).toEqual([
      "mlops-build",
      "mlops-forks",
    ]);
  });

  test("runs nothing that an earlier build left in a workspace", () => {
    const builds = all.of("an earlier build has left its own about");
    expect(builds.result).toBe("SUCCESS");
    const files = builds.steps("sh").flatMap((step) => Object.keys(step.files ?? {}));
    expect(files.filter((file) => /node_modules|hooks|\.cache|old/.test(file))).toEqual([]);
  });

  test("runs no hook with git: none is in a fresh checkout, and a line of its own would say so", () => {
    const git = all.steps("sh").filter(({ script = "" }) => /\bgit\b/.test(script));
    expect(git.filter(({ script = "" }) => !script.startsWith("git -c core.hooksPath=/dev/null "))).toEqual(
      [],
    );
  });

  test("hands no value to a shell by Groovy's interpolation, which a parameter could break out of", () => {
    expect(all.steps("sh").filter(({ interpolated }) => interpolated)).toEqual([]);
  });

  describe("a pull request", () => {
    test("is planned for what it affects, and the plan and its Markdown are archived", () => {
      const build = all.of("pull request");
      const plan = build.line(/mlops plan/);
      expect(plan.script).toBe(
        'node cli/mlops plan --applied-by ci --affected "origin/$CHANGE_TARGET" --out plan',
      );
      expect(plan.env).toMatchObject({ CHANGE_TARGET: "main" });
      expect(plan.agent).toBe("mlops-plan/2");
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
      expect(all.of(name).stages).toEqual(["Commit", "Verify"]);
      expect(
        new Set(
          all
            .of(name)
            .steps("sh")
            .map(({ agent }) => agent?.split("/")[0]),
        ),
      ).toEqual(new Set(["mlops-build"]));
      expect(all.of(name).result).toBe("SUCCESS");
    });
  });
});
