import { Builds, fileOf } from "./support/builds";
import { describeWithJava } from "./support/describe-with-java";
import { runPipeline, setUpMilliseconds } from "./support/harness";
import { outside, withToken } from "./support/server-role";

const env = { MLOPS_ALERT_EMAILS: "admin@example.com" };
const drift = (exit: number) => [{ match: "mlops drift", exit }];

describeWithJava("drift.Jenkinsfile", () => {
  let all: Builds;
  beforeAll(async () => {
    const events = await runPipeline(fileOf("jenkins/drift.Jenkinsfile"), [
      { name: "as applied", env, shell: drift(0) },
      { name: "as a planner", env: { ...env, MLOPS_DRIFT_ROLE: "mlops-planner" }, shell: drift(0) },
      { name: "outside of AWS", env: { ...env, ...outside }, shell: drift(3) },
      { name: "drifted", env, shell: drift(3) },
      { name: "failed", env, shell: drift(1) },
      { name: "drifted, nobody to tell", shell: drift(3) },
    ]);
    all = new Builds(events);
  }, setUpMilliseconds);

  test("looks at what Jenkins owns, and changes nothing", () => {
    expect(all.of("as applied").shellLines).toEqual([
      "npm run --silent setup",
      "node jenkins/logged.js node cli/mlops drift --applied-by ci",
    ]);
    expect(
      all
        .of("as applied")
        .events.flatMap(({ step }) => step ?? [])
        .slice(0, 3),
    ).toEqual(["deleteDir", "checkout", "sh"]);
    expect(new Set(all.steps("sh").map(({ agent }) => agent))).toEqual(new Set(["mlops-apply/1"]));
    expect(all.of("as applied").result).toBe("SUCCESS");
    expect(all.of("as applied").steps("mail")).toEqual([]);
  });

  test("looks at everything, foundations too, as a planner", () => {
    expect(all.of("as a planner").shellLines).toEqual([
      "npm run --silent setup",
      "node jenkins/logged.js node cli/mlops drift --role mlops-planner",
    ]);
  });

  test("a server outside of AWS has its role by a token of the build", () => {
    expect(withToken(all.of("outside of AWS"))).toEqual(["drift"]);
    expect(all.of("outside of AWS").result).toBe("UNSTABLE");
    expect(withToken(all.of("as applied"))).toEqual([]);
  });

  test("drift makes the build unstable and is told", () => {
    expect(all.of("drifted").result).toBe("UNSTABLE");
    expect(all.of("drifted").steps("mail")).toMatchObject([{ subject: "Drift: mlops #1" }]);
  });

  test("not knowing is a failure, and is told as one", () => {
    expect(all.of("failed").result).toBe("FAILURE");
    expect(all.of("failed").steps("mail")).toMatchObject([{ subject: "FAILURE: mlops #1" }]);
  });

  test("without an address it only shows", () => {
    expect(all.of("drifted, nobody to tell").result).toBe("UNSTABLE");
    expect(all.of("drifted, nobody to tell").steps("mail")).toEqual([]);
  });
});
