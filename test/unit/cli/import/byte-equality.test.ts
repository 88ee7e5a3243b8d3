/** From a definition as SageMaker has it to a model's folder, and from that to definitions in other accounts. */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { modelWith, writeImported } from "../../../../cli/pipelines/import/folder";
import { importDefinition } from "../../../../cli/pipelines/import/imported";
import { mammoSeverity } from "../../../../pipelines/mammo-severity/model";
import { importedPipelines } from "../../../../pipelines/imported";
import { defineModel, type ModelContext } from "../../../../pipelines/model";
import { devContext } from "../../../support/mammo-severity";
import { temporaryFolder } from "../../../support/temporary-folder";

/** As Python's `json.dumps`, with which AWS's SDK writes definitions, has it. */
const asPython = (json: string): string =>
  json.replaceAll(/("(?:\\.|[^"\\])*")|([,:])/g, (part, text: string | undefined) =>
    text ? part : `${part} `,
  );

const elsewhere: ModelContext = {
  region: "eu-central-1",
  account: "520193847562",
  dataBucket: "acme-rows",
  bucketAccounts: ["520193847562", "609817263541"],
  artifactsUri: "s3://acme-models/lab/mammo-severity/runs",
  kmsKeyArn: "arn:aws:kms:eu-central-1:520193847562:alias/acme-lab",
  volumeKeyArn: "arn:aws:kms:eu-central-1:520193847562:key/<alias/acme-lab>",
  modelPackageGroupArn: "arn:aws:sagemaker:eu-central-1:609817263541:model-package-group/acme",
  executionRoleArn: "arn:aws:iam::520193847562:role/acme-runs",
  latestApprovedModelFunctionArn:
    "arn:aws:lambda:eu-central-1:520193847562:function:acme-latest-approved-model",
  sealVersionFunctionArn: "arn:aws:lambda:eu-central-1:520193847562:function:acme-seal-version",
};

const network = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };

/** Imports a text into a model's folder. @returns what became of it, and the folder's pipelines */
async function imported(text: string, pipeline?: string) {
  const pipelines = temporaryFolder();
  const path = join(pipelines, "given.json");
  writeFileSync(path, text);
  const found = importDefinition({
    ...{ path, model: "mammo-severity", pipeline, kept: [] },
    was: { artifactsUri: devContext.artifactsUri },
  });
  const place = { pipelines, name: "mammo-severity", standing: undefined };
  const files = await writeImported(place, modelWith(place, found), found, () => undefined);
  return { found, files, pipelines: importedPipelines(join(pipelines, "mammo-severity/definitions")) };
}

describe.each([
  ["train", (text: string) => text],
  ["inference", (text: string) => text],
  ["train", asPython],
  [
    "inference",
    (text: string) =>
      JSON.stringify({ PipelineName: "mammo-severity-inference-pipeline", PipelineDefinition: text }),
  ],
  ["train", (text: string) => JSON.stringify({ PipelineDefinition: asPython(text) }, undefined, 4)],
] as const)("mammo-severity's %s pipeline as its account has it", (name, given) => {
  const deployed = mammoSeverity.pipelines[name](devContext);

  test("is rendered from its folder with the same bytes, and needs the same permissions", async () => {
    const text = given(deployed.render());
    const { found, files, pipelines } = await imported(text);
    expect(files).toEqual([
      "pipelines/mammo-severity/model.ts",
      `pipelines/mammo-severity/definitions/${name}.json`,
    ]);
    const again = pipelines[name]?.(devContext);
    const kept = text.startsWith('{"Version"') ? text : undefined;
    const inAnswer = () => (JSON.parse(text) as { PipelineDefinition: string }).PipelineDefinition;
    expect(again?.render()).toBe(kept ?? inAnswer());
    expect(found.sameBytes).toBe(true);
    expect(again?.permissions()).toEqual(deployed.permissions());
  });

  test.each([
    ["another account and region", elsewhere],
    ["a network", { ...devContext, network }],
  ])("is in %s what the model's own code makes there", async (_, context) => {
    const { pipelines } = await imported(given(deployed.render()));
    const [ours, theirs] = [mammoSeverity.pipelines[name](context), pipelines[name]?.(context)];
    expect(JSON.parse(theirs?.render() ?? "")).toEqual(JSON.parse(ours.render()));
    expect(theirs?.permissions()).toEqual(ours.permissions());
  });
});

test("the stand-ins stood for what the definition says, and what must be there is told", async () => {
  const { found } = await imported(mammoSeverity.pipelines.train(devContext).render());
  const { region, account, dataBucket, artifactsUri, kmsKeyArn, volumeKeyArn, executionRoleArn } = devContext;
  const { modelPackageGroupArn, sealVersionFunctionArn } = devContext;
  expect(found.values).toEqual({
    ...{ region, account, dataBucket, artifactsUri, kmsKeyArn, volumeKeyArn, executionRoleArn },
    ...{ modelPackageGroupArn, sealVersionFunctionArn },
  });
  expect(found.group).toBe("mammo-severity-model-package");
  expect(found.file.text).not.toMatch(/111111111111|333333333333|us-east-1/);
  expect(found.remarks).toContain(
    "it reads s3://{{context.dataBucket}}/mammo-severity/data/train-dataset/, which must be there",
  );
});

test("a second definition joins the folder, and one that is there stays", async () => {
  const pipelines = temporaryFolder();
  const place = { pipelines, name: "mammo-severity" };
  const both = ["train", "inference"] as const;
  const found = both.map((name) => {
    const path = join(pipelines, `${name}.json`);
    writeFileSync(path, mammoSeverity.pipelines[name](devContext).render());
    return importDefinition({ path, model: "mammo-severity", was: {}, kept: ["333333333333"] });
  });
  const [train, inference] = found;
  if (!train || !inference) throw new Error("nothing was imported");
  const first = modelWith({ ...place, standing: undefined }, train);
  await writeImported({ ...place, standing: undefined }, first, train, () => undefined);
  const second = modelWith({ ...place, standing: first }, inference);
  await writeImported({ ...place, standing: first }, second, inference, () => undefined);
  expect(readdirSync(join(pipelines, "mammo-severity/definitions"))).toEqual([
    "inference.json",
    "train.json",
  ]);
  expect(Object.keys(second.pipelines)).toEqual(["train", "inference"]);
  expect(() => modelWith({ ...place, standing: second }, train)).toThrow('has a pipeline "train" already');
});

test("what cannot be finished leaves nothing", async () => {
  const pipelines = temporaryFolder();
  const path = join(pipelines, "given.json");
  writeFileSync(path, mammoSeverity.pipelines.train(devContext).render());
  const found = importDefinition({ path, model: "risk", was: {}, kept: ["333333333333"] });
  const place = { pipelines, name: "risk", standing: undefined };
  const failing = () => {
    throw new Error("disk full");
  };
  await expect(writeImported(place, modelWith(place, found), found, failing)).rejects.toThrow("disk full");
  expect(readdirSync(pipelines)).toEqual(["given.json"]);
});

test("a folder of somebody's own takes no imports", () => {
  const pipelines = temporaryFolder();
  mkdirSync(join(pipelines, "risk"));
  writeFileSync(join(pipelines, "risk/model.ts"), "");
  const path = join(pipelines, "given.json");
  writeFileSync(path, mammoSeverity.pipelines.train(devContext).render());
  const found = importDefinition({ path, model: "risk", was: {}, kept: ["333333333333"] });
  const standing = defineModel({
    ...{ name: "risk", modelPackageGroup: "mammo-severity-model-package", alertTopic: "t" },
    ...{ scripts: [], pipelines: {}, triggers: {} },
  });
  expect(() => modelWith({ pipelines, name: "risk", standing }, found)).toThrow(
    "pipelines/risk is there already, and takes no imported definitions",
  );
});
