import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { check, resolveConfig } from "prettier";
import { makeModelFolder } from "../../../../cli/new/model-folder";
import { filesOfSample } from "../../../../cli/new/sample";
import { repository } from "../../../../tools/paths";
import { environmentsWith } from "../../../support/environments";
import { temporaryFolder } from "../../../support/temporary-folder";
import { mlops } from "../support";

describe.each([
  ["typescript", ["model.ts", "train-pipeline.ts", "inference-pipeline.ts", "test/train-pipeline.test.ts"]],
  [
    "python",
    ["model.json", "pipeline.py", "train_pipeline.py", "monitor_pipeline.py", "test/rendered.test.ts"],
  ],
] as const)("a new model in %s", (language, own) => {
  test.each(["ab", "churn-of-customers-in-all-markets"])(
    "has the sample's parts under the name %s, and nothing of the sample's name",
    async (name) => {
      const files = await filesOfSample(repository, name, language);
      const shared = ["scripts/preprocess.py", "scripts/evaluate.py", "data/README.md"];
      expect([...files.keys()]).toEqual(expect.arrayContaining([...own, ...shared]));
      expect([...files.keys()].filter((file) => file.includes("__pycache__"))).toEqual([]);
      for (const [file, content] of files) {
        if (file.startsWith("data/")) continue;
        const text = content.toString();
        expect(text).not.toMatch(
          /mammo-|Mammo-|"Mammo"|mammoSeverity|mammography-|diabetes-|Diabetes-|"Diabetes"/,
        );
        if (file.endsWith(".py"))
          expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThan(121);
        const path = join(repository, "pipelines", name, file);
        if (/\.(ts|json)$/.test(file))
          expect([file, await check(text, { ...(await resolveConfig(path)), filepath: path })]).toEqual([
            file,
            true,
          ]);
      }
    },
  );
});

test("a folder appears whole or not at all", () => {
  const pipelines = temporaryFolder();
  const files = new Map([
    ["model.ts", "x"],
    ["test/a.test.ts", "x"],
  ]);
  expect(() => {
    makeModelFolder(pipelines, "risk", files, () => {
      throw new Error("disk full");
    });
  }).toThrow("disk full");
  expect(readdirSync(pipelines)).toEqual([]);
  makeModelFolder(pipelines, "risk", files, () => {
    expect(existsSync(join(pipelines, "risk/test/a.test.ts"))).toBe(true);
  });
  expect(readdirSync(pipelines)).toEqual(["risk"]);
});

describe("the command", () => {
  const before = readdirSync(join(repository, "pipelines"));
  afterEach(() => {
    expect(readdirSync(join(repository, "pipelines"))).toEqual(before);
  });

  test.each([
    ["new model Churn", "A model's name must be 2 to 32 lower-case letters"],
    ["new model iris", "pipelines/iris is there already"],
    ["new model definition", "pipelines/definition is there already"],
    ["new model churn --python --typescript", "--python and --typescript exclude each other"],
    ["new model churn --environment prot", 'There is no environment "prot" (did you mean "prod"?)'],
    ["new model churn --environment registry", "Environment registry (kind registry) runs no pipelines"],
    ["new model foundation", "must not make a stack that this file makes too (dev-foundation)"],
  ])("refuses %s, and writes nothing", async (args, message) => {
    const { code, err } = await mlops(args);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) as string });
  });

  test("refuses environment files that have problems, or are not there", async () => {
    const environments = environmentsWith("account-twice");
    expect(await mlops("new model churn", { environments })).toMatchObject({ code: 2 });
    const { code, err } = await mlops("new model churn", { environments: join(environments, "none") });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("but does not exist") as string });
  });
});
