import { Builds, fileOf, onMain, planning, planningChange, pullRequest } from "./support/builds";
import { describeWithJava } from "./support/describe-with-java";
import type { Scenario } from "./support/events";
import { runPipeline, setUpMilliseconds } from "./support/harness";

const waiting = planning(3, ["prod"]);
const second = onMain({ name: "", shell: [planning(3)] });

/** The file with one thing made wrong. */
async function runWith(text: string, replacement: string, scenario: Scenario): Promise<Builds> {
  const file = fileOf("Jenkinsfile");
  expect(file.split(text)).toHaveLength(2);
  return new Builds(await runPipeline(file.replace(text, replacement), [scenario]));
}

describeWithJava("what the Jenkinsfile's tests would notice", () => {
  jest.setTimeout(setUpMilliseconds);

  test("concurrent builds: the second is verified while the first waits, whose lock keeps it from more", async () => {
    const scenario = onMain({ name: "two", shell: [waiting], arrival: { at: "^input$", build: second } });
    const { events } = await runWith("disableConcurrentBuilds()", "", scenario);
    const order = events.map(({ build }) => build);
    expect(order.lastIndexOf(1)).toBeGreaterThan(order.indexOf(2));
  });

  test("a fork that is planned", async () => {
    const fork = pullRequest({ name: "fork", env: { CHANGE_FORK: "somebody" }, shell: [planningChange(3)] });
    const builds = await runWith("env.CHANGE_ID && !env.CHANGE_FORK", "env.CHANGE_ID", fork);
    expect(builds.line(/mlops plan/).agent).toBe("mlops-plan/2");
  });

  test("an apply of whatever lies in the workspace", async () => {
    const builds = await runWith(
      'unstash name: "plan-${environment}"',
      "",
      onMain({ name: "main", shell: [planning(3)] }),
    );
    expect(builds.line(/mlops apply/).files).toEqual({});
  });

  test("a workspace that is used as an earlier build left it", async () => {
    const left = { "plan/old/plan.tfplan": "old", "node_modules/commander/index.js": "planted" };
    const builds = await runWith("deleteDir()", "", onMain({ name: "main", left, shell: [planning(3)] }));
    expect(Object.keys(builds.line(/mlops apply/).files ?? {})).toEqual(
      expect.arrayContaining(Object.keys(left)),
    );
  });

  test("an approval that nobody in particular may give", async () => {
    const builds = await runWith(
      "if (!approvers)",
      "if (false)",
      onMain({ name: "main", shell: [waiting], env: { MLOPS_APPROVERS: "" } }),
    );
    expect(builds.steps("input")).toMatchObject([{ submitter: "" }]);
  });

  test("a failed plan that is taken for changes", async () => {
    const failing = onMain({ name: "main", shell: [planning(1)] });
    const builds = await runWith("return code == 3", "return code != 0", failing);
    expect(builds.result).toBe("FAILURE");
    const careless = await runWith("code != 0 && code != 3", "false", failing);
    expect(careless.result).toBe("SUCCESS");
  });

  test("an approval that holds an agent", async () => {
    const builds = await runWith("agent none", "agent any", onMain({ name: "main", shell: [waiting] }));
    expect(builds.steps("input")).toMatchObject([{ agent: "any/1" }]);
  });

  test("an approval that waits for ever", async () => {
    const scenario = onMain({ name: "main", shell: [waiting], input: "expire" });
    const builds = await runWith("timeout(time: 3, unit: 'DAYS')", "withEnv([])", scenario);
    expect(builds.events).toContainEqual(
      expect.objectContaining({ event: "refused", message: "input waits without a time limit" }),
    );
  });

  test("a value that Groovy writes into a shell line", async () => {
    const builds = await runWith(
      /'node jenkins\/logged.js node cli\/mlops apply [^\n]*'/.exec(fileOf("Jenkinsfile"))?.[0] ?? "",
      `"node jenkins/logged.js node cli/mlops apply --from plan --account \${params.prodAccount}"`,
      onMain({ name: "main", shell: [planning(3)], params: { prodAccount: "1; rm -rf /" } }),
    );
    expect(builds.line(/mlops apply/)).toMatchObject({ interpolated: true });
  });
});
