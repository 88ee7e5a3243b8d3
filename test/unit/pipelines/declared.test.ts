import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { declarationJsonSchema, declarationSchemaFile } from "../../../pipelines/declared";
import { discoverModels } from "../../../pipelines/discover";
import { repository } from "../../../tools/paths";
import { temporaryFolder } from "../../support/temporary-folder";

const right = {
  sdk: "2",
  modelPackageGroup: "risk-model-package",
  alertTopic: "risk-notification",
  pipelines: ["train", "score"],
};
const schedule = {
  on: "schedule",
  start: "score",
  description: "Scores",
  setting: "scoreSchedule",
  settingDescription: "When it scores.",
};

/** The models in a folder that has one, of such a declaration; Python is not run for that. */
function discovered(declaration: object | string) {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "risk"));
  const text = typeof declaration === "string" ? declaration : JSON.stringify(declaration);
  writeFileSync(join(folder, "risk/model.json"), text);
  try {
    return discoverModels(folder);
  } catch (error) {
    return (error as Error).message.replaceAll(relative(repository, folder), "pipelines");
  }
}

test("a folder with a model.json is a model, with the pipelines and triggers that it declares", () => {
  const [model] = discovered({ ...right, triggers: { nightly: schedule } });
  expect(model).toMatchObject({ name: "risk", scripts: [], triggers: { nightly: schedule } });
  expect(Object.keys((model as { pipelines: object }).pipelines)).toEqual(["train", "score"]);
});

test.each<[string, object | string, string]>([
  ["no JSON", "{", "pipelines/risk/model.json: Expected property name or '}' in JSON at position 1"],
  [
    "an SDK that is not locked here",
    { ...right, sdk: "1" },
    'pipelines/risk/model.json: sdk: Invalid input: expected "2"',
  ],
  [
    "a key that nobody knows",
    { ...right, piplines: [] },
    'pipelines/risk/model.json: it: Unrecognized key: "piplines"',
  ],
  [
    "a trigger of a pipeline that it has not",
    { ...right, triggers: { nightly: { ...schedule, start: "scoer" } } },
    "pipelines/risk/model.json: triggers.nightly must name a pipeline of the model (train, score), got: scoer",
  ],
  [
    "two triggers with one setting",
    { ...right, triggers: { nightly: schedule, hourly: schedule } },
    'pipelines/risk/model.json: each trigger must have a setting of its own, got "scoreSchedule"',
  ],
])("a declaration with %s is refused with its file", (_, declaration, message) => {
  expect(discovered(declaration)).toContain(message);
});

test("the schema that editors read is that of declarations; npm run schema makes it anew", () => {
  expect(readFileSync(join(repository, "pipelines", declarationSchemaFile), "utf8")).toBe(
    declarationJsonSchema(),
  );
});
