import { describeWithJava } from "./support/describe-with-java";
import { setUpMilliseconds } from "./support/harness";
import { run, said, says, stage } from "./support/small-pipelines";

/** The harness itself against https://www.jenkins.io/doc/book/pipeline/syntax/. */
describeWithJava("pipelines as Jenkins documents them", () => {
  jest.setTimeout(setUpMilliseconds);

  describe("when", () => {
    const conditions = (when: string, env: Record<string, string>) =>
      run(`stages { ${stage("a", `when { ${when} }\n${says("ran")}`)} }`, { env });

    test.each([
      ["branch 'main'", { BRANCH_NAME: "main" }, true],
      ["branch 'release/*'", { BRANCH_NAME: "release/1" }, true],
      ["branch 'release/*'", { BRANCH_NAME: "release/1/2" }, false],
      ["branch 'release/**'", { BRANCH_NAME: "release/1/2" }, true],
      ["branch pattern: 'rel-\\\\d+', comparator: 'REGEXP'", { BRANCH_NAME: "rel-12" }, true],
      ["branch 'main'", {}, false],
      ["changeRequest()", { CHANGE_ID: "1" }, true],
      ["changeRequest()", {}, false],
      ["changeRequest target: 'main'", { CHANGE_ID: "1", CHANGE_TARGET: "main" }, true],
      ["changeRequest target: 'main'", { CHANGE_ID: "1", CHANGE_TARGET: "next" }, false],
      ["environment name: 'A', value: 'b'", { A: "b" }, true],
      ["expression { env.A == 'b' }", { A: "c" }, false],
      ["not { branch 'main' }", { BRANCH_NAME: "main" }, false],
      ["allOf { branch 'main'; expression { true } }", { BRANCH_NAME: "main" }, true],
      ["anyOf { branch 'main'; expression { false } }", { BRANCH_NAME: "x" }, false],
      ["branch 'main'\nexpression { true }", { BRANCH_NAME: "x" }, false],
    ])("%s with %j", async (when, env, holds) => {
      expect(said(await conditions(when, env as Record<string, string>))).toEqual(holds ? ["ran"] : []);
    });

    test("is evaluated on the agent, unless it says beforeAgent", async () => {
      const never = (flag: string) =>
        `agent { label 'x' }\nwhen { ${flag}\nexpression { false } }\n${says("a")}`;
      const on = async (flag: string) =>
        (await run(`stages { ${stage("a", never(flag))} }`)).events.some(({ agent }) => agent === "x/2");
      expect(await on("")).toBe(true);
      expect(await on("beforeAgent true")).toBe(false);
    });
  });

  describe("post", () => {
    const all = "cleanup unsuccessful unstable success failure aborted regression fixed changed always".split(
      " ",
    );
    const block = `post { ${all.map((name) => `${name} { echo '${name}' }`).join("\n")} }`;

    test.each([
      ["echo 'x'", "SUCCESS", ["always", "success", "cleanup"]],
      ["echo 'x'", "FAILURE", ["always", "changed", "fixed", "success", "cleanup"]],
      ["error 'x'", "SUCCESS", ["always", "changed", "regression", "failure", "unsuccessful", "cleanup"]],
      ["unstable 'x'", "UNSTABLE", ["always", "unstable", "unsuccessful", "cleanup"]],
      ["timeout(time: 1) { input 'x' }", "ABORTED", ["always", "aborted", "unsuccessful", "cleanup"]],
    ])("%s after %s: its conditions in the documented order", async (step, previousResult, expected) => {
      const builds = await run(`stages { ${stage("a", `steps { ${step} }`)} }\n${block}`, {
        previousResult,
        input: "refuse",
      });
      expect(said(builds).filter((text) => text !== "x")).toEqual(expected);
    });

    test("of a stage runs when the stage fails, and a failure in it does not stop the others", async () => {
      const builds = await run(
        `stages { ${stage("a", "steps { error 'x' }\npost { always { error 'y' }\nfailure { echo 'told' } }")} }`,
      );
      expect(said(builds)).toEqual(["told"]);
      expect(builds.result).toBe("FAILURE");
    });
  });

  describe("failures", () => {
    test("skip the stages that are left, and not the pipeline's post", async () => {
      const builds = await run(
        `stages { ${stage("a", "steps { sh 'false' }")}\n${stage("b", says("b"))} }\npost { always { echo 'end' } }`,
        { shell: [{ match: "false", exit: 1 }] },
      );
      expect(said(builds)).toEqual(["end"]);
      expect(builds.events).toContainEqual(
        expect.objectContaining({ event: "skipped", stage: "b", reason: "earlier failure" }),
      );
      expect(builds.result).toBe("FAILURE");
    });

    test("in parallel stages let the others run, unless failFast", async () => {
      const parallel = (flag: string) =>
        run(
          `stages { ${stage("p", `${flag}\nparallel { ${stage("a", "steps { error 'x' }")}\n${stage("b", says("b"))} }`)} }`,
        );
      expect(said(await parallel(""))).toEqual(["b"]);
      expect(said(await parallel("failFast true"))).toEqual([]);
    });

    test("an exit code that is asked for is no failure", async () => {
      const builds = await run(
        `stages { ${stage("a", "steps { script { echo 'got ' + sh(script: 'x', returnStatus: true) } }")} }`,
        { shell: [{ match: "x", exit: 3 }] },
      );
      expect(said(builds)).toEqual(["got 3"]);
      expect(builds.result).toBe("SUCCESS");
    });
  });
});
