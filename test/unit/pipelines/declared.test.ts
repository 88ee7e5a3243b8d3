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

test("data sets and ground truth are the model's own, below its folder and its prefix of the data bucket", () => {
  const dataSets = {
    script: "scripts/prepare_data.py",
    trainingPrefix: "data/train/",
    training: { first: "a.csv", later: "b.csv" },
    batchPrefix: "data/batch/",
    batch: { clean: "c.csv", drifted: "d.csv" },
  };
  const [model] = discovered({ ...right, dataSets, groundTruth: { prefix: "data/truth/" } });
  expect(model).toMatchObject({
    dataSets: {
      ...dataSets,
      script: expect.stringMatching(/\/risk\/scripts\/prepare_data\.py$/) as string,
      trainingPrefix: "risk/data/train/",
      batchPrefix: "risk/data/batch/",
    },
    groundTruth: { prefix: "risk/data/truth/" },
  });
});

test.each(["inference/", "data/../other/", "/data/truth/", "data/truth", "data/"])(
  "ground truth lies where people may upload, not at %s",
  (prefix) => {
    expect(discovered({ ...right, groundTruth: { prefix } })).toMatch(
      /^pipelines\/risk\/model\.json:1:\d+ groundTruth\.prefix must begin with data\/, where people may upload/,
    );
  },
);

test.each<[string, object | string, string]>([
  [
    "no JSON",
    "{\n",
    "pipelines/risk/model.json:2:1 must be valid JSON: Expected property name or '}' in JSON",
  ],
  [
    "an SDK that is not locked here",
    { ...right, sdk: "1" },
    'pipelines/risk/model.json:1:8 sdk must be "2" or "3"',
  ],
  [
    "a key that nobody knows",
    { ...right, piplines: [] },
    'pipelines/risk/model.json:1:1 Unrecognized key: "piplines"',
  ],
  [
    "a trigger of a pipeline that it has not",
    { ...right, triggers: { nightly: { ...schedule, start: "scoer" } } },
    "pipelines/risk/model.json:1:163 triggers.nightly.start must name a pipeline of the model (train, score), got: scoer",
  ],
  [
    "two triggers with one setting",
    { ...right, triggers: { nightly: schedule, hourly: schedule } },
    "triggers.hourly.setting must be its own alone, got: scoreSchedule",
  ],
])("a declaration with %s is refused with its file", (_, declaration, message) => {
  expect(discovered(declaration)).toContain(message);
});

const rates = {
  reason: "Rates come from the table of finance",
  steps: ["Prepare"],
  actions: ["dynamodb:GetItem"],
  resources: ["arn:aws:dynamodb:{region}:{account}:table/rates"],
};

test("what steps need beside what follows from their definitions is asked for, with its reason", () => {
  const files = { ...rates, actions: ["s3:GetObject"], resources: ["s3://rates-{account}/monthly/"] };
  expect(discovered({ ...right, permissions: [rates, { ...files, reason: "So do files" }] })).toMatchObject([
    { name: "risk" },
  ]);
});

test.each<[string, object, string]>([
  ["without a reason", { reason: undefined }, "permissions[0].reason Invalid input: expected string"],
  [
    "for hardly a reason",
    { reason: "because" },
    "permissions[0].reason must say why, in ten characters or more",
  ],
  ["for no step", { steps: [] }, "permissions[0].steps must name the steps that need it"],
  [
    "for actions by a wildcard",
    { actions: ["dynamodb:*"] },
    'permissions[0].actions[0] must name one action: a wildcard allows what nobody has read, got: "dynamodb:*"',
  ],
  [
    "for all of IAM",
    { actions: ["iam:*"] },
    'permissions[0].actions[0] must name one action: a wildcard allows what nobody has read, got: "iam:*"',
  ],
  [
    "for handing a role over",
    { actions: ["iam:PassRole"] },
    "permissions[0].actions[0] must read, write, call or send (athena, dynamodb, ",
  ],
  [
    "for a job that would pass by the conditions of jobs",
    { actions: ["sagemaker:CreateTrainingJob"] },
    "permissions[0].actions[0] must read, write, call or send (of sagemaker: BatchGetRecord, ",
  ],
  [
    "for two services at once",
    { actions: ["dynamodb:GetItem", "sqs:SendMessage"] },
    "permissions[0].actions must be of one service: resources are its own",
  ],
  [
    "in another account",
    { resources: ["arn:aws:dynamodb:{region}:999999999999:table/rates"] },
    "permissions[0].resources[0] must be arn:aws:dynamodb:{region}:{account}:NAME: in the account that the pipeline runs in",
  ],
  [
    "on every table",
    { resources: ["arn:aws:dynamodb:{region}:{account}:table/*"] },
    "permissions[0].resources[0] must be arn:aws:dynamodb:{region}:{account}:NAME",
  ],
  ["on everything", { resources: ["*"] }, "permissions[0].resources[0] must be arn:aws:dynamodb:"],
  [
    "on what is another service's",
    { resources: ["arn:aws:sqs:{region}:{account}:rates"] },
    "permissions[0].resources[0] must be arn:aws:dynamodb:",
  ],
  [
    "on a whole bucket",
    { actions: ["s3:GetObject"], resources: ["s3://rates"] },
    "permissions[0].resources[0] must be s3://BUCKET/PREFIX, which is what is below it",
  ],
  [
    "with a blank that nobody fills in",
    { actions: ["s3:GetObject"], resources: ["s3://rates-{stage}/a/"] },
    'permissions[0].resources[0] has {region}, {account} and {data_bucket} alone to be filled in, got: "{stage}"',
  ],
])("asking %s is refused where it stands", (_, more, message) => {
  const text = JSON.stringify({ ...right, permissions: [{ ...rates, ...more }] }, undefined, 1);
  expect(discovered(text)).toMatch(/^pipelines\/risk\/model\.json:\d+:\d+ /);
  expect(discovered(text)).toContain(message);
});

test("everything that is wrong is told at once, with its line", () => {
  const permissions = [{ ...rates, actions: ["iam:PassRole"], reason: "" }, rates, rates];
  const text = JSON.stringify({ ...right, permissions: permissions.slice(0, 1) }, undefined, 1);
  expect((discovered(text) as string).split("\n")).toEqual([
    expect.stringMatching(/^pipelines\/risk\/model\.json:11:14 permissions\[0\]\.reason must say why/),
    expect.stringMatching(/^pipelines\/risk\/model\.json:11:14 permissions\[0\]\.reason must begin/),
    expect.stringMatching(
      /^pipelines\/risk\/model\.json:16:5 permissions\[0\]\.actions\[0\] must read, write,/,
    ),
  ]);
  expect(discovered({ ...right, permissions: permissions.slice(1) })).toContain(
    "permissions[1].reason must not be that of another",
  );
});

test("the schema that editors read is that of declarations; npm run schema makes it anew", () => {
  expect(readFileSync(join(repository, "pipelines", declarationSchemaFile), "utf8")).toBe(
    declarationJsonSchema(),
  );
});
