import { environmentsWith } from "../../support/environments";
import { jsonOf, mlops } from "./support";

const broken = environmentsWith("stack-twice");

describe("mlops list", () => {
  test("has a line for each stack, with its account, who applies it and what it holds", async () => {
    const { code, out, err } = await mlops("list");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.trimEnd().split("\n")).toHaveLength(1 + 10);
    expect(out).toMatch(/^STACK +ACCOUNT +APPLIED BY +HOLDS$/m);
    expect(out).toMatch(/^prod-mammo-severity +222222222222 \(prod\) +ci +train and inference pipelines; /m);
    expect(out).toMatch(/^registry-state +333333333333 \(registry\) +administrator +state bucket /m);
  });

  test("gives the same as data", async () => {
    expect(jsonOf(await mlops("list --json"))).toContainEqual(
      expect.objectContaining({ id: "jenkins", kind: "ci", account: "444444444444", region: "us-east-1" }),
    );
  });

  test("ends with 2 where the configuration is bad", async () => {
    const { code, out, err } = await mlops("list", { environments: broken });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("must not make a stack that dev.json makes too");
  });
});

describe("mlops validate", () => {
  test("says which environments are valid, and what their pipelines leave to the run", async () => {
    const { code, out, err } = await mlops("validate");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [first, heading, need, ...others] = out.trimEnd().split("\n");
    expect(first).toBe("4 environments valid: dev, jenkins, prod, registry");
    expect(heading).toBe("mammo-severity-train-pipeline (dev, prod), what only a run knows:");
    expect(need).toMatch(
      /^ {2}Mammo-PreProcessing may read ProcessingInputs\[data\]\.S3Input\.S3Uri \(Parameters\.InputDataUrl\): what is below s3:\/\/\S+\/train-dataset\/ \(dev\), what is below \S+ \(prod\)$/,
    );
    expect(others).toEqual([
      "mammo-severity-inference-pipeline (dev, prod), what only a run knows:",
      expect.stringMatching(/^ {2}Mammo-CreateModel may pull .*: versions of the model$/),
      expect.stringMatching(/^ {2}Mammo-Inference-monitoring may read .*: what is below .*$/),
    ]);
  });

  test("ends with 2, with every problem and their number on standard error", async () => {
    const { code, out, err } = await mlops("validate", { environments: broken });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err.trimEnd().split("\n")).toEqual([
      expect.stringMatching(/dev-state\.json:1:1 must not make a stack that dev\.json makes too/),
      expect.stringMatching(/dev\.json:1:1 must not make a stack that dev-state\.json makes too/),
      "2 problems",
    ]);
  });

  test("gives the same as data, and nothing else", async () => {
    const { code, err, out } = await mlops("validate --json", { environments: broken });
    expect({ code, err }).toEqual({ code: 2, err: "" });
    expect(JSON.parse(out)).toMatchObject({ valid: false, problems: [{ line: 1 }, { line: 1 }] });
    const valid = jsonOf(await mlops("validate --json"));
    expect(valid).toMatchObject({ valid: true, problems: [] });
    expect((valid as { needsOfRuns: readonly object[] }).needsOfRuns).toHaveLength(14);
  });
});
