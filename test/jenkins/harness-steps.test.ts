import { Builds } from "./support/builds";
import { describeWithJava } from "./support/describe-with-java";
import type { Scenario } from "./support/events";
import { runPipeline, setUpMilliseconds } from "./support/harness";
import { complaints, run, said, says, stage } from "./support/small-pipelines";

describeWithJava("steps and builds as Jenkins documents them", () => {
  jest.setTimeout(setUpMilliseconds);

  describe("surroundings of a step", () => {
    test("environment of pipeline, stage and withEnv, the nearest first", async () => {
      const builds = await run(
        `environment { A = 'pipeline'; B = 'pipeline' }
        stages { ${stage("a", "environment { B = \"stage of ${env.A}\" }\nsteps { withEnv(['C=step']) { sh 'x' } }")} }`,
      );
      expect(builds.steps("sh")[0]?.env).toMatchObject({ A: "pipeline", B: "stage of pipeline", C: "step" });
    });

    test("credentials end with their block", async () => {
      const builds = await run(
        `stages { ${stage("a", "steps { withCredentials([string(credentialsId: 'id', variable: 'T')]) { sh 'in' }\nsh 'out' }")} }`,
      );
      expect(builds.line(/in/).env).toMatchObject({ T: "secret of id" });
      expect(builds.line(/out/).env).not.toHaveProperty("T");
    });

    test("blocks of lock and withAWS are seen to surround", async () => {
      const builds = await run(
        `stages { ${stage("a", "steps { lock('state') { withAWS(role: 'r') { sh 'x' } }\nmilestone(1) }")} }`,
      );
      expect(builds.events.flatMap(({ step }) => (step === undefined ? [] : [step]))).toEqual([
        "checkout",
        "lock",
        "withAWS",
        "sh",
        "end of withAWS",
        "end of lock",
        "milestone",
      ]);
    });

    test("a step that needs an agent fails without one", async () => {
      const text = `pipeline { agent none\nstages { ${stage("a", "steps { sh 'x' }")} } }`;
      expect(new Builds(await runPipeline(text, [{ name: "a" }])).result).toBe("FAILURE");
    });

    test("what is stashed is there for the next agent, and nothing else is", async () => {
      const body = "agent { label 'x' }\nsteps { unstash 's'\nsh 'look' }";
      const builds = await run(
        `stages { ${stage("a", "steps { sh 'make'\nstash name: 's', includes: 'kept/**' }")}\n${stage("b", body)} }`,
        { shell: [{ match: "make", files: { "kept/a": "1", "lost/b": "2" } }] },
      );
      expect(builds.line(/look/).files).toEqual({ "kept/a": "1" });
    });

    test.each([
      ["stash name: 's', includes: 'x/**'", "no files included in stash s"],
      ["unstash 's'", "no such saved stash s"],
      ["archiveArtifacts 'x/**'", "no artifacts match x/**"],
      ["readJSON file: 'x'", "x does not exist"],
      ["deploy 'x'", "no such step: deploy"],
    ])("%s fails: %s", async (step) => {
      expect((await run(`stages { ${stage("a", `steps { ${step} }`)} }`)).result).toBe("FAILURE");
    });
  });

  describe("parameters", () => {
    const parameters =
      "parameters { string(name: 'A', defaultValue: 'd')\nbooleanParam(name: 'B', defaultValue: true) }";

    test("have their defaults, take what is given, and nothing that is not declared", async () => {
      const builds = await run(
        `${parameters}\nstages { ${stage("a", 'steps { echo "${params.A} ${params.B} ${params.C}" }')} }`,
        {},
        { params: { A: "given", C: "x" } },
      );
      expect(said(builds.of("0"))).toEqual(["d true null"]);
      expect(said(builds.of("1"))).toEqual(["given true null"]);
    });
  });

  describe("builds at once", () => {
    const body = `stages { ${stage("a", "steps { sh 'begin'\nsh 'end' }")} }`;
    const arriving: Partial<Scenario> = { arrival: { at: "begin", build: {} } };
    const order = (builds: Builds): string[] =>
      builds.steps("sh").map(({ build, script }) => `${build} ${script ?? ""}`);

    test("run side by side", async () => {
      expect(order(await run(body, arriving))).toEqual(["1 begin", "2 begin", "2 end", "1 end"]);
    });

    test("run one after the other with disableConcurrentBuilds", async () => {
      const builds = await run(`options { disableConcurrentBuilds() }\n${body}`, arriving);
      expect(order(builds)).toEqual(["1 begin", "1 end", "2 begin", "2 end"]);
    });

    test("end for the newer one with abortPrevious", async () => {
      const builds = await run(`options { disableConcurrentBuilds(abortPrevious: true) }\n${body}`, arriving);
      expect(order(builds)).toEqual(["1 begin", "2 begin", "2 end"]);
      expect(builds.build(1).result).toBe("ABORTED");
    });
  });

  describe("what Jenkins would not take", () => {
    test.each([
      [
        `stages { ${stage("a", "steps { if (true) { sh 'x' } }")} }`,
        "line 3: expected a section or a step in steps { }",
      ],
      [`stages { ${stage("a", "steps { x = 1 }")} }`, "line 3: expected a section or a step in steps { }"],
      [
        `environment { sh 'x' }\nstages { ${stage("a", says("a"))} }`,
        "line 3: expected an assignment in environment { }",
      ],
      [
        `stages { ${stage("a", "environment { A = 'b' }")} }`,
        "stage('a') has one of steps, stages and parallel, got: none",
      ],
      [
        `stages { ${stage("a", `${says("a")}\nstages { ${stage("b", says("b"))} }`)} }`,
        "stage('a') has one of steps, stages and parallel, got: steps, stages",
      ],
      [`stages { ${stage("a", says("a"))}\n${stage("a", says("a"))} }`, "two stages are named a"],
      [`stage { }\nstages { ${stage("a", says("a"))} }`, "pipeline { } has no section stage"],
      [`options { colour() }\nstages { ${stage("a", says("a"))} }`, "options { } has no section colour"],
      [`stages { ${stage("a", `when { moon 'full' }\n${says("a")}`)} }`, "when { } has no condition moon"],
      [
        `post { sometimes { echo 'x' } }\nstages { ${stage("a", says("a"))} }`,
        "post { } has no section sometimes",
      ],
      ["", "pipeline { } lacks stages"],
    ])("%s", async (rest, message) => {
      expect(complaints(await run(rest))).toEqual([message]);
    });

    test("a file with two pipelines", async () => {
      const one = `pipeline { agent any\nstages { ${stage("a", says("a"))} } }`;
      const builds = new Builds(await runPipeline(`${one}\n${one}`, [{ name: "a" }]));
      expect(complaints(builds)).toEqual(["a file has one pipeline { }, got: 2"]);
    });
  });
});
