import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { JenkinsDouble, runDeployJob } from "../../emulator/jenkins";
import { temporaryFolder } from "../support/temporary-folder";
import { Builds, fileOf } from "./support/builds";
import { describeWithJava } from "./support/describe-with-java";
import { runPipeline, setUpMilliseconds } from "./support/harness";
import { fails, planned, release, version } from "./support/releases";
import type { Scenario } from "./support/events";

/** Stands for node and npx: does what the scenario says of its line. */
const program = `#!/bin/sh
case "$*" in
  *"endpoints route"*) cat "$STUBS/route.json" ;;
  *"endpoints plan"*)
    mkdir -p "release/$RELEASE_TO"
    printf '{"approval":[%s]}' "$(cat "$STUBS/$RELEASE_TO.asks" 2>/dev/null)" > "release/$RELEASE_TO/manifest.json"
    echo "Release to $RELEASE_TO" > "release/$RELEASE_TO/question.txt"
    exit "$(cat "$STUBS/$RELEASE_TO.plan")" ;;
  *) exit "$(cat "$STUBS/$RELEASE_TO.deploy")" ;;
esac
`;

function stubs(codes: Readonly<Record<string, number>>): Record<string, string> {
  const folder = temporaryFolder();
  const bin = join(folder, "bin");
  mkdirSync(bin);
  for (const name of ["node", "npx"]) {
    writeFileSync(join(bin, name), program);
    chmodSync(join(bin, name), 0o755);
  }
  const all = { "staging.plan": 3, "staging.deploy": 0, "prod.plan": 3, "prod.deploy": 0, ...codes };
  for (const [name, code] of Object.entries(all)) writeFileSync(join(folder, name), String(code));
  writeFileSync(join(folder, "prod.asks"), '"prod"');
  const steps = ["staging", "prod"].map((environment) => ({ environment, model: "mammo-severity" }));
  writeFileSync(join(folder, "route.json"), JSON.stringify({ steps }));
  return { STUBS: folder, PATH: [bin, process.env.PATH].join(delimiter) };
}

const cases: readonly (readonly [Partial<Scenario> & { name: string }, Record<string, number>])[] = [
  [{ name: "approved" }, {}],
  [{ name: "refused", input: "refuse" }, {}],
  [{ name: "serves already", shell: [planned("staging", 0)] }, { "staging.plan": 0 }],
  [{ name: "test fails", shell: [fails("staging")] }, { "staging.deploy": 1 }],
  [{ name: "plan fails", shell: [planned("staging", 2)] }, { "staging.plan": 2 }],
];

describeWithJava("the deploy job as the double of Jenkins runs it", () => {
  test.each(cases.map(([scenario, codes]) => [scenario.name, scenario, codes] as const))(
    "is the pipeline file's own lines, in its order: %s",
    async (_, scenario, codes) => {
      const events = await runPipeline(fileOf("jenkins/deploy.Jenkinsfile"), [release(scenario)]);
      const build = new Builds(events);
      const own = build.steps("sh").filter(({ script }) => script?.includes("mlops"));
      const asked: string[] = [];
      const run = await runDeployJob(version, {
        workspace: temporaryFolder(),
        environment: stubs(codes),
        approve: ({ environment, text }) => {
          asked.push(`${environment}: ${text}`);
          return Promise.resolve(scenario.input === "refuse" ? undefined : "bob");
        },
      });
      expect(run.lines.map(({ line, to }) => [line, to])).toEqual(
        own.map(({ script, env }) => [script, env?.RELEASE_TO ?? ""]),
      );
      expect(run.result).toBe(build.result);
      expect(asked).toHaveLength(build.steps("input").length);
    },
    setUpMilliseconds,
  );
});

test("a build of the double does what its job does, and ends as that", async () => {
  const user = {
    id: "u",
    password: "p",
    apiToken: "t",
    may: ["Overall/Read", "Job/Read", "Job/Build"] as const,
  };
  const got: unknown[] = [];
  const jenkins = await JenkinsDouble.start({
    users: [user],
    jobs: [
      {
        name: "mlops/deploy",
        parameters: ["MODEL_PACKAGE_ARN"],
        run: ({ parameters }) => Promise.resolve((got.push(parameters), "ABORTED" as const)),
      },
    ],
  });
  const headers = { Authorization: `Basic ${Buffer.from("u:t").toString("base64")}` };
  const build = `${jenkins.url}job/mlops/job/deploy/buildWithParameters?MODEL_PACKAGE_ARN=arn`;
  await fetch(build, { method: "POST", headers });
  await jenkins.ended();
  expect(got).toEqual([{ MODEL_PACKAGE_ARN: "arn" }]);
  const answer = await fetch(`${jenkins.url}job/mlops/job/deploy/1/api/json`, { headers });
  expect(await answer.json()).toMatchObject({ building: false, result: "ABORTED" });
  await jenkins.die();
});
