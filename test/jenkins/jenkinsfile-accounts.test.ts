import { Builds, fileOf } from "./support/builds";
import { describeWithJava } from "./support/describe-with-java";
import { runPipeline, setUpMilliseconds } from "./support/harness";
import { scenarios } from "./support/scenarios";

describeWithJava("a build of main that applies to two accounts", () => {
  let all: Builds;
  beforeAll(async () => {
    all = new Builds(await runPipeline(fileOf("Jenkinsfile"), scenarios));
  }, setUpMilliseconds);

  const lines = (name: string) =>
    all
      .of(name)
      .steps("sh")
      .filter(({ env }) => env?.APPLY_TO !== undefined)
      .flatMap(({ script = "", env }) => {
        const [, command] = /mlops (plan|apply)/.exec(script) ?? [];
        return command === undefined ? [] : [`${command} ${env?.APPLY_TO ?? ""}`];
      });

  test("are planned, approved and applied one after the other, in the order of promotion, in one build", () => {
    expect(lines("two accounts")).toEqual(["plan dev", "apply dev", "plan prod", "apply prod"]);
    expect(all.of("two accounts").steps("input")).toMatchObject([{ stage: "Plan and apply / Approve prod" }]);
    const [dev, prod] = all
      .of("two accounts")
      .steps("sh")
      .filter(({ script }) => script?.includes("mlops apply"));
    expect([dev?.env, prod?.env]).toMatchObject([{ APPROVED_BY: "" }, { APPROVED_BY: "bob" }]);
    expect(dev?.env?.PLAN_DIGEST).not.toBe(prod?.env?.PLAN_DIGEST);
    expect(Object.keys(prod?.files ?? {}).every((file) => file.startsWith("plan/prod/"))).toBe(true);
  });

  test("each ask who may approve, where they want it", () => {
    expect(all.of("two accounts, both to approve").steps("input")).toMatchObject([
      { message: expect.stringContaining("plan of dev?") as string },
      { message: expect.stringContaining("plan of prod?") as string },
    ]);
  });

  test("of which one has changes: the other is left alone", () => {
    expect(lines("two accounts, changes in one")).toEqual(["plan dev", "plan prod", "apply prod"]);
  });

  test("of which the first fails: the second is not begun", () => {
    expect(lines("two accounts, the first fails")).toEqual(["plan dev", "apply dev"]);
    expect(all.of("two accounts, the first fails").result).toBe("FAILURE");
  });
});
