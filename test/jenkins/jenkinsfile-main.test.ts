import { createHash } from "node:crypto";
import { approvers, Builds, fileOf, prodAccount } from "./support/builds";
import { describeWithJava } from "./support/describe-with-java";
import { runPipeline, setUpMilliseconds } from "./support/harness";
import { scenarios } from "./support/scenarios";

describeWithJava("Jenkinsfile on main", () => {
  let all: Builds;
  beforeAll(async () => {
    all = new Builds(await runPipeline(fileOf("Jenkinsfile"), scenarios));
  }, setUpMilliseconds);

  describe("a build of main", () => {
    test.each(["main", "main of a multibranch job"])("is planned whole and applied: %s", (name) => {
      const build = all.of(name);
      expect(build.line(/mlops plan/).script).toBe(
        'node jenkins/logged.js node cli/mlops plan --applied-by ci --in "$APPLY_TO" --account "$prodAccount" --out "plan/$APPLY_TO"',
      );
      expect(build.line(/mlops apply/).script).toBe(
        'node jenkins/logged.js node cli/mlops apply --from "plan/$APPLY_TO" --account "$prodAccount" --digest "$PLAN_DIGEST" --approvers "$MLOPS_APPROVERS" --approved-by "$APPROVED_BY"',
      );
      expect(build.result).toBe("SUCCESS");
    });

    test.each(["main", "an earlier build has left its own about"])(
      "applies the very files that were archived, on an agent of its own: %s",
      (name) => {
        const build = all.of(name);
        const applied = build.line(/mlops apply/);
        expect(applied.agent).not.toBe(build.line(/mlops plan/).agent);
        expect(applied.files).toEqual(build.steps("archiveArtifacts").at(-1)?.files);
        expect(Object.keys(applied.files ?? {}).toSorted()).toEqual([
          "plan/prod/manifest.json",
          "plan/prod/plan.md",
          "plan/prod/prod-mammo-severity/plan.tfplan",
        ]);
      },
    );

    test("verifies, plans and applies one commit, which no agent names that pull requests have been on", () => {
      expect(all.of("main").steps("checkout")[0]?.agent).toBe("mlops-apply/1");
      const [first, ...others] = all.of("merged meanwhile").steps("checkout");
      expect(first).toMatchObject({ stage: "Commit", revision: { GIT_COMMIT: "planned" } });
      expect(others.map(({ stage, commit, poll }) => [stage, commit, poll])).toEqual(
        ["Verify", "Accounts", "Plan and apply / Plan prod", "Plan and apply / Apply prod"].map((stage) => [
          stage,
          "planned",
          false,
        ]),
      );
    });

    test("hands the digest of its plans from plan to apply beside them", () => {
      const build = all.of("main");
      const manifest = build.line(/mlops apply/).files?.["plan/prod/manifest.json"] ?? "";
      const digest = createHash("sha256").update(manifest).digest("hex");
      expect(build.line(/mlops apply/).env).toMatchObject({ PLAN_DIGEST: digest });
      expect(Object.values(build.line(/mlops apply/).files ?? {}).join()).not.toContain(digest);
    });

    test("without changes asks and tells nobody, and applies nothing", () => {
      const build = all.of("nothing to do");
      expect(build.stages.at(-1)).toBe("Plan and apply / Plan prod");
      expect([...build.steps("input"), ...build.steps("mail"), ...all.of("main").steps("mail")]).toEqual([]);
      expect(build.result).toBe("SUCCESS");
    });

    test("whose plan fails applies nothing and tells", () => {
      const build = all.of("plan fails");
      expect(build.applied).toBe(false);
      expect(build.result).toBe("FAILURE");
      expect(build.steps("mail")).toMatchObject([{ to: "admin@example.com", subject: "FAILURE: mlops #1" }]);
    });

    test("fails without an address to tell as it would with one", () => {
      const build = all.of("plan fails and nobody is to be told");
      expect(build.result).toBe("FAILURE");
      expect(build.events.filter(({ event }) => event === "postFailed")).toEqual([]);
      expect(build.steps("mail")).toEqual([]);
    });

    test("whose apply fails has failed and tells", () => {
      const build = all.of("apply fails");
      expect(build.result).toBe("FAILURE");
      expect(build.steps("mail")).toHaveLength(1);
    });

    test("that does not pass its checks is not planned", () => {
      const build = all.of("verify fails");
      expect(build.stages).not.toContain("Accounts");
      expect(build.result).toBe("FAILURE");
    });
  });

  describe("prodAccount", () => {
    test("is by default what the server was configured for, and reaches plan and apply", () => {
      const build = all.of("main");
      expect(build.line(/mlops plan/).env).toMatchObject({ prodAccount });
      expect(build.line(/mlops apply/).env).toMatchObject({ prodAccount });
    });

    test("that is not the configured account stops the build before anybody is asked", () => {
      const build = all.of("other account");
      expect(build.line(/mlops environments/).env).toMatchObject({ prodAccount: "999999999999" });
      expect(build.stages).not.toContain("Plan and apply / Plan prod");
      expect(build.steps("input")).toEqual([]);
      expect(build.applied).toBe(false);
      expect(build.result).toBe("FAILURE");
    });

    test("is the only parameter", () => {
      const options = all.of("unknown parameter").events.find(({ event }) => event === "options");
      expect(options?.params).toEqual({ prodAccount });
    });
  });

  describe("approval", () => {
    test("is asked for where an environment wants it, of those who may, after the plan is archived", () => {
      const build = all.of("approved");
      const asked = build.events.findIndex(({ step }) => step === "input");
      const archived = build.events.findIndex(({ artifacts }) => artifacts === "plan/**");
      expect(archived).toBeGreaterThan(-1);
      expect(asked).toBeGreaterThan(archived);
      expect(build.events[asked]).toMatchObject({
        message: "Apply the archived plan of prod?\nhttp://jenkins/job/mlops/1/artifact/plan/prod/plan.md",
        submitter: "alice,bob",
      });
      expect(build.line(/mlops apply/).env).toMatchObject({ APPROVED_BY: "bob", MLOPS_APPROVERS: approvers });
      expect(build.result).toBe("SUCCESS");
    });

    test("those who are to give it are told before it is waited for", () => {
      const steps = all.of("approved").events.map(({ step }) => step);
      expect(steps.slice(steps.indexOf("mail"), steps.indexOf("input"))).toEqual(["mail", "timeout"]);
      expect(all.of("approved").steps("mail")).toMatchObject([{ subject: "Waits for approval: mlops #1" }]);
    });

    test("holds no agent while it waits, and does not wait for ever", () => {
      expect(all.of("approved").steps("input")).toMatchObject([{ agent: null, timeLimits: 1 }]);
    });

    test("of whom nobody named reaches the command that refuses it", () => {
      const build = all.of("approved by an administrator whom nobody named");
      expect(build.line(/mlops apply/).env).toMatchObject({
        APPROVED_BY: "admin",
        MLOPS_APPROVERS: approvers,
      });
    });

    test("that nobody may give is not asked for, and nothing is applied", () => {
      const build = all.of("nobody may approve");
      expect(build.steps("input")).toEqual([]);
      expect(build.steps("error")).toMatchObject([
        { message: expect.stringContaining("MLOPS_APPROVERS") as string },
      ]);
      expect(build.applied).toBe(false);
      expect(build.result).toBe("FAILURE");
    });

    test("is not asked for where no environment wants it", () => {
      expect(all.of("main").steps("input")).toEqual([]);
    });

    test.each(["refused", "not answered"])(
      "%s: nothing is applied, which is told, not as a failure",
      (name) => {
        const build = all.of(name);
        expect(build.applied).toBe(false);
        expect(build.result).toBe("ABORTED");
        expect(build.steps("mail").at(-1)).toMatchObject({ subject: "ABORTED: mlops #1" });
      },
    );

    test("a manifest that does not say whether approval is wanted stops the build", () => {
      const build = all.of("manifest without approvals");
      expect(build.applied).toBe(false);
      expect(build.result).toBe("FAILURE");
    });
  });

  describe("a second build", () => {
    test.each(["second build while one waits", "second build while one applies"])("%s: it waits", (name) => {
      const { events } = all.of(name);
      const order = events.map(({ build }) => build);
      expect(events.filter(({ event }) => event === "queued")).toHaveLength(1);
      expect(order).toEqual(order.toSorted((one, other) => one - other));
      expect(all.of(name).build(2).result).toBe("SUCCESS");
    });

    test("applies its own plan", () => {
      const { files } = all
        .of("second build while one waits")
        .build(2)
        .line(/mlops apply/);
      expect(files).toHaveProperty(["plan/prod/prod-mammo-severity/plan.tfplan"], "plan of the second build");
    });
  });
});
