import { delimiter, join } from "node:path";
import { execa } from "execa";
import { ensureHarness, setUpMilliseconds } from "./support/harness";
import { findJava } from "./support/java";

interface Call {
  readonly name: string;
  readonly arguments: readonly unknown[];
}

const repository = join(__dirname, "../..");
/** Class path of JenkinsPipelineUnit 1.2 or newer and what it needs; its releases are not on Maven Central. */
const classPath = process.env.JENKINS_PIPELINE_UNIT ?? "";
const java = findJava();
const describeIfGiven = classPath !== "" && java !== undefined ? describe : describe.skip;

async function run(file: string, scenario: object): Promise<readonly Call[]> {
  // Groovy writes to objects of the JDK's own, which newer JDKs allow only when told to.
  const open = ["java.lang", "java.util"].map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`);
  const script = join(__dirname, "pipeline-unit/UnderPipelineUnit.groovy");
  const path = [classPath, await ensureHarness()].join(delimiter);
  const main = ["-cp", path, "groovy.ui.GroovyMain", script, repository, file, JSON.stringify(scenario)];
  const { stdout } = await execa(java ?? "java", [...open, ...main], { stdin: "ignore" });
  return JSON.parse(stdout.split("\n").at(-1) ?? "") as readonly Call[];
}

const isApply = (call: Call): boolean => JSON.stringify(call.arguments).includes("mlops apply");
const main = {
  env: {
    BRANCH_NAME: "main",
    MLOPS_APPROVERS: "bob:bob@example.com",
    MLOPS_ALERT_EMAILS: "admin@example.com",
  },
  params: { prodAccount: "222222222222" },
};
const pullRequest = { CHANGE_ID: "7", CHANGE_TARGET: "main", BRANCH_NAME: "PR-7" };

describeIfGiven("under JenkinsPipelineUnit (JENKINS_PIPELINE_UNIT names its class path)", () => {
  jest.setTimeout(setUpMilliseconds);

  test("main plans, asks and applies", async () => {
    const calls = await run("Jenkinsfile", { ...main, exit: 3 });
    const order = calls
      .map(({ name }) => name)
      .filter((name) => ["stash", "mail", "input", "unstash"].includes(name));
    expect(order).toEqual(["stash", "mail", "input", "unstash"]);
    expect(calls.filter(isApply)).toHaveLength(1);
  });

  test("main without changes applies nothing", async () => {
    expect((await run("Jenkinsfile", { ...main, exit: 0 })).filter(isApply)).toEqual([]);
  });

  test.each([
    [{}, true],
    [{ CHANGE_FORK: "somebody" }, false],
  ])("a pull request of %j is planned: %s", async (fork, planned) => {
    const calls = await run("Jenkinsfile", { env: { ...pullRequest, ...fork }, exit: 3 });
    expect(JSON.stringify(calls).includes("mlops plan")).toBe(planned);
    expect(calls.filter(isApply)).toEqual([]);
  });

  test("drift makes the nightly build unstable", async () => {
    const calls = await run("jenkins/drift.Jenkinsfile", { env: {}, exit: 3 });
    expect(calls.map(({ name }) => name)).toContain("unstable");
  });
});
