import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { discoverModels } from "../../../pipelines/discover";
import { mammoSeverity } from "../../../pipelines/mammo-severity/model";
import { buildPipelines } from "../../../pipelines/model";
import { repository } from "../../../tools/paths";
import { temporaryFolder } from "../../support/temporary-folder";

const modelFile = join(repository, "pipelines/model");

const imports = `import { defineModel, scriptFile } from ${JSON.stringify(modelFile)};`;
const definition = (name: string) =>
  `defineModel({ name: "${name}", modelPackageGroup: "g", alertTopic: "t", scripts: [], pipelines: {}, triggers: {} })`;

/** A folder of models, each with its `model.ts`. */
function folderWith(models: Readonly<Record<string, string>>): string {
  const folder = join(temporaryFolder(), "ml ops (main) [2]");
  for (const [name, text] of Object.entries(models)) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, "model.ts"), text);
  }
  return folder;
}

/** What is said of a model whose file has these lines. */
function complaintOf(...lines: readonly string[]): string {
  const folder = folderWith({ risk: lines.join("\n") });
  try {
    discoverModels(folder);
  } catch (error) {
    const { name, message } = error as Error;
    return `${name}: ${message}`.replaceAll(relative(repository, folder), "pipelines");
  }
  throw new Error("no complaint");
}

test("a folder with a model.ts is a model; other folders and files are none", () => {
  const folder = folderWith({
    "b-risk": `${imports}\nexport const risk = ${definition("b-risk")};\nexport const other = 1;`,
    "a-risk": `${imports}\nexport default ${definition("a-risk")};`,
  });
  mkdirSync(join(folder, "definition"));
  writeFileSync(join(folder, "index.ts"), "throw new Error();");
  expect(discoverModels(folder).map(({ name }) => name)).toEqual(["a-risk", "b-risk"]);
});

test("the product's own folder has the sample", () => {
  expect(discoverModels(join(repository, "pipelines")).map(({ name }) => name)).toContain("mammo-severity");
});

describe("what is wrong in a model is told with file and line, and without a stack trace:", () => {
  test("it throws", () => {
    const throwing = 'throw new TypeError("no\\nfurther");';
    expect(complaintOf(imports, `export const risk = ${definition("risk")};`, throwing)).toBe(
      "ModelError: pipelines/risk/model.ts:3:7: no\nfurther",
    );
  });

  test("a script is missing", () => {
    expect(
      complaintOf(imports, "", 'export const script = scriptFile("risk", "/nowhere/train.py");'),
    ).toMatch(/^ModelError: pipelines\/risk\/model.ts:3:\d+: there is no script .*nowhere\/train.py$/);
  });

  test("a file that it imports is missing", () => {
    expect(complaintOf('import { x } from "./steps";', "export const y = x;")).toMatch(
      /^ModelError: pipelines\/risk\/model.ts: Cannot find module '.\/steps'/,
    );
  });

  test("it cannot be read", () => {
    expect(complaintOf("", "const x = ;")).toMatch(/^ModelError: pipelines\/risk.*\n/);
  });

  test("a pipeline throws while it is built", () => {
    expect(() => buildPipelines(mammoSeverity, undefined as never, ["train"])).toThrow(
      /^pipelines\/mammo-severity\/train-parameters\.ts:\d+:\d+: Cannot destructure property/,
    );
  });

  test.each([
    [
      "none",
      "export const x = 1;",
      "pipelines/risk/model.ts must export one model, made by defineModel, got: 0",
    ],
    [
      "two",
      `${imports} export const a = ${definition("risk")}; export const b = ${definition("risk")};`,
      "pipelines/risk/model.ts must export one model, made by defineModel, got: 2",
    ],
    [
      "one of another name",
      `${imports} export const a = ${definition("severity")};`,
      'pipelines/risk/model.ts: name must be that of its folder, "risk", got: "severity"',
    ],
  ])("it exports %s", (_, text, message) => {
    expect(complaintOf(text)).toBe(`ModelError: ${message}`);
  });
});
