import { createHash } from "node:crypto";
import { applyingTo, approvers, Builds, fileOf, planning, prodAccount } from "./support/builds";
import { describeWithJava } from "./support/describe-with-java";
import type { Scenario, ShellOutcome } from "./support/events";
import { runPipeline, setUpMilliseconds } from "./support/harness";
import { outside, withToken } from "./support/server-role";

const told = "Version  3\nMetrics  auc 0.9412\nLink     https://console\n";

/** What `mlops models train` does. */
const training = (text: string, exit = 0): ShellOutcome => ({
  match: "models train",
  exit,
  files: { "trained.txt": text },
});

const build = (name: string, more: Partial<Scenario>): Scenario => ({
  checkouts: [
    { GIT_BRANCH: "origin/main", GIT_COMMIT: "c1" },
    { GIT_BRANCH: "origin/main", GIT_COMMIT: "newer" },
  ],
  ...more,
  name,
  env: {
    PROD_ACCOUNT: prodAccount,
    MLOPS_ALERT_EMAILS: "admin@example.com",
    MLOPS_APPROVERS: approvers,
    ...more.env,
  },
  shell: [...(more.shell ?? []), applyingTo("dev")],
});

const plan = (exit: number, approval: readonly string[] = []) =>
  planning(exit, approval, "this build", "dev");
const changed = plan(3);
const unchanged = plan(0);

const scenarios = [
  build("changed", { shell: [changed, training(told)] }),
  build("outside of AWS", { env: outside, shell: [changed, training(told)] }),
  build("nothing changed", { shell: [unchanged, training("")] }),
  build("nothing pending, but newer code", { shell: [unchanged, training(told)] }),
  build("training fails", { shell: [changed, training("Fit: ClientError: no rows", 1)] }),
  build("training cannot begin", { shell: [unchanged, { match: "models train", exit: 2 }] }),
  build("apply fails", { shell: [changed, { match: "mlops apply", exit: 1 }] }),
  build("plan fails", { shell: [plan(1)] }),
  build("verify fails", { shell: [{ match: "verify", exit: 1 }, changed] }),
  build("approved", { shell: [plan(3, ["dev"]), training(told)], approver: "bob" }),
  build("refused", { shell: [plan(3, ["dev"])], input: "refuse" }),
  build("not answered", { shell: [plan(3, ["dev"])], input: "expire" }),
  build("nobody may approve", { shell: [plan(3, ["dev"])], env: { MLOPS_APPROVERS: "" } }),
  build("nowhere to train", { shell: [applyingTo()] }),
  build("an earlier build has left its own about", {
    left: { "trained.txt": "old", "plan/dev/manifest.json": "old", "node_modules/x.js": "planted" },
    shell: [changed, training(told)],
  }),
];

describeWithJava("build.Jenkinsfile", () => {
  let all: Builds;
  beforeAll(async () => {
    all = new Builds(await runPipeline(fileOf("jenkins/build.Jenkinsfile"), scenarios));
  }, setUpMilliseconds);

  /** What was done, in short. */
  const done = (name: string) =>
    all.of(name).shellLines.flatMap((line) => /mlops (plan|apply|models train)/.exec(line)?.[1] ?? []);
  const mails = (name: string) => all.of(name).steps("mail");

  test("is a declarative pipeline that Jenkins would take", () => {
    expect(all.events.filter(({ event }) => ["violation", "refused", "postFailed"].includes(event))).toEqual(
      [],
    );
  });

  test("a server outside of AWS has its role by a token of the build", () => {
    expect(withToken(all.of("outside of AWS"))).toEqual(["plan", "apply", "models train"]);
    expect(withToken(all.of("changed"))).toEqual([]);
  });

  test("what changed is verified, applied, trained and told, with version, metrics and link", () => {
    expect(all.of("changed").stages).toEqual([
      ...["Commit", "Verify", "Build"],
      ...["Plan", "Apply", "Train"].map((stage) => `Build / ${stage} dev`),
    ]);
    expect(done("changed")).toEqual(["plan", "apply", "models train"]);
    expect(all.of("changed").result).toBe("SUCCESS");
    expect(mails("changed")).toEqual([
      expect.objectContaining({
        subject: "Trained in dev: mlops #1",
        body: expect.stringContaining(told) as string,
      }),
    ]);
  });

  test("the environments are those of the server that train, and each line has its variables", () => {
    const one = all.of("changed");
    expect(one.line(/mlops environments/)).toMatchObject({
      script:
        'node cli/mlops environments --applied-by ci --account "$PROD_ACCOUNT" --trains --json > environments.json',
      env: { PROD_ACCOUNT: prodAccount },
    });
    expect(one.line(/models train/)).toMatchObject({
      script:
        'node jenkins/logged.js node cli/mlops models train --applied-by ci --out trained.txt -- "$APPLY_TO"',
      env: { APPLY_TO: "dev" },
    });
    const applied = one.line(/mlops apply/);
    const digest = createHash("sha256")
      .update(applied.files?.["plan/dev/manifest.json"] ?? "")
      .digest("hex");
    expect(applied.env).toMatchObject({ PLAN_DIGEST: digest, APPROVED_BY: "", APPLY_TO: "dev" });
  });

  test("nothing changed: nothing is applied, and nobody hears of it", () => {
    expect(done("nothing changed")).toEqual(["plan", "models train"]);
    expect([all.of("nothing changed").result, mails("nothing changed")]).toEqual(["SUCCESS", []]);
  });

  test("nothing pending, for the main job has applied it: what it applied is trained", () => {
    expect(done("nothing pending, but newer code")).toEqual(["plan", "models train"]);
    expect(mails("nothing pending, but newer code")).toMatchObject([{ subject: "Trained in dev: mlops #1" }]);
  });

  test.each([
    ["training fails", "Training in dev failed.\nFit: ClientError: no rows"],
    ["training cannot begin", "Training in dev failed.\n"],
  ])("%s: the build fails, says why, and tells", (name, message) => {
    expect(all.of(name).result).toBe("FAILURE");
    expect(all.of(name).steps("error")).toMatchObject([{ message }]);
    expect(mails(name)).toMatchObject([{ subject: "FAILURE: mlops #1" }]);
  });

  test.each([
    ["apply fails", "FAILURE", ["plan", "apply"]],
    ["plan fails", "FAILURE", ["plan"]],
    ["verify fails", "FAILURE", []],
    ["refused", "ABORTED", ["plan"]],
    ["not answered", "ABORTED", ["plan"]],
    ["nobody may approve", "FAILURE", ["plan"]],
  ])("%s: nothing is trained, the build is %s and tells", (name, result, lines) => {
    expect([all.of(name).result, done(name)]).toEqual([result, lines]);
    expect(mails(name).at(-1)).toMatchObject({ subject: `${result}: mlops #1` });
  });

  test("who must approve is asked while no agent is held, and is named to apply", () => {
    expect(all.of("approved").steps("input")).toEqual([
      expect.objectContaining({ agent: null, submitter: "alice,bob", timeLimits: 1 }),
    ]);
    expect(all.of("approved").line(/mlops apply/).env).toMatchObject({ APPROVED_BY: "bob" });
    expect(done("approved")).toEqual(["plan", "apply", "models train"]);
  });

  test("where no environment trains, nothing is verified or planned", () => {
    expect(all.of("nowhere to train").shellLines).toHaveLength(2);
    expect(all.of("nowhere to train").result).toBe("SUCCESS");
  });

  test("one commit is verified, applied and trained, in workspaces that hold nothing of an earlier build", () => {
    const one = all.of("an earlier build has left its own about");
    expect(one.steps("checkout").map(({ commit }) => commit)).toEqual([undefined, "c1", "c1", "c1", "c1"]);
    expect(one.steps("sh").every(({ files }) => files?.["node_modules/x.js"] === undefined)).toBe(true);
    expect(mails("an earlier build has left its own about")[0]?.body).not.toContain("old");
  });

  test("no value gets into a line but as a variable, and what may apply is no agent of the checks", () => {
    expect(all.steps("sh").filter(({ interpolated }) => interpolated)).toEqual([]);
    const verified = all.steps("sh").filter(({ script }) => script?.includes("verify"));
    expect(new Set(verified.map(({ agent }) => agent?.split("/")[0]))).toEqual(new Set(["mlops-build"]));
  });

  test.each(["Jenkinsfile", "jenkins/build.Jenkinsfile"])(
    "no other job applies to an environment while %s plans and applies there, and training holds nobody up",
    (file) => {
      const text = fileOf(file);
      expect(text).toMatch(
        /lock\("mlops-apply-\$\{environment\}"\) \{\n\s+planAndApply\(environment\)\n\s+\}/,
      );
      expect(text.match(/planAndApply\(environment\)/g)).toHaveLength(1);
    },
  );

  test("training begins once the lock is let go", () => {
    const order = all
      .of("changed")
      .events.filter(
        ({ step, script }) =>
          /lock$|^sh$/.test(step ?? "") && /^$|apply --from|models train/.test(script ?? ""),
      )
      .map(({ step, resource }) => [step, resource]);
    expect(order).toEqual([
      ["lock", "mlops-apply-dev"],
      ["sh", undefined],
      ["end of lock", undefined],
      ["sh", undefined],
    ]);
  });
});
