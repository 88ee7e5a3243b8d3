import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListPipelinesCommand, StartPipelineExecutionCommand } from "@aws-sdk/client-sagemaker";
import { estateFolder } from "../../support/environments";
import { mockSageMaker } from "./failed-training";
import { jsonOf, mlops } from "./support";

jest.mock("../../../pipelines", () => ({
  models: [
    ...jest.requireActual<typeof import("../../../pipelines")>("../../../pipelines").models,
    jest.requireActual<typeof import("../../support/three-pipelines")>("../../support/three-pipelines")
      .threePipelines,
  ],
}));

const folder = mkdtempSync(join(tmpdir(), "environments-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the program where dev runs these models. */
const withModels = (models: object, args: string) => {
  cpSync(estateFolder, folder, { recursive: true });
  const dev = { kind: "workload", account: "111111111111", registry: "registry", models };
  writeFileSync(join(folder, "dev.json"), JSON.stringify(dev));
  return mlops(args, { environments: folder });
};

let sagemaker: ReturnType<typeof mockSageMaker>;
beforeEach(() => {
  sagemaker = mockSageMaker();
  const names = ["evaluate", "prepare", "train"].map((short) => `three-pipelines-${short}`);
  const PipelineSummaries = names.map((PipelineName) => ({
    PipelineName,
    PipelineArn: `arn:${PipelineName}`,
  }));
  sagemaker.on(ListPipelinesCommand).resolves({ PipelineSummaries });
});

const started = () =>
  sagemaker.commandCalls(StartPipelineExecutionCommand).map(({ args: [{ input }] }) => input.PipelineName);

const alone = { "three-pipelines": {} };
const beside = { "mammo-severity": {}, "three-pipelines": {} };
const start = (pipeline: string) => `pipelines start dev ${pipeline} --param Data=x --no-wait`;

test("every pipeline of a model is listed with its short name", async () => {
  expect(jsonOf(await withModels(alone, "pipelines list dev --json"))).toMatchObject([
    { name: "three-pipelines-evaluate", shortForm: "evaluate" },
    { name: "three-pipelines-prepare", shortForm: "prepare" },
    { name: "three-pipelines-train", shortForm: "train" },
  ]);
});

test.each(["prepare", "train", "evaluate"])("%s starts by its short name", async (short) => {
  expect((await withModels(alone, start(short))).code).toBe(0);
  expect(started()).toEqual([`three-pipelines-${short}`]);
});

test("beside another model, a short name has the model's in front", async () => {
  expect((await withModels(beside, start("mammo-severity-train"))).code).toBe(0);
  expect((await withModels(beside, start("three-pipelines-evaluate"))).code).toBe(0);
  expect(started()).toEqual(["mammo-severity-train-pipeline", "three-pipelines-evaluate"]);
  expect((await withModels(beside, start("train"))).code).toBe(2);
});

test("where an account runs only some of them, the others have no short name", async () => {
  const some = { "three-pipelines": { pipelines: ["evaluate"] } };
  expect(jsonOf(await withModels(some, "pipelines list dev --json"))).toEqual([
    expect.objectContaining({ name: "three-pipelines-evaluate", shortForm: "evaluate" }),
    expect.not.objectContaining({ shortForm: expect.anything() as unknown }),
    expect.not.objectContaining({ shortForm: expect.anything() as unknown }),
  ]);
  expect((await withModels(some, start("prepare"))).code).toBe(2);
});

test("a misspelt name is answered with the one that was meant", async () => {
  const { code, err } = await withModels(alone, start("evalute"));
  expect({ code, err }).toEqual({
    code: 2,
    err: 'Environment dev has no pipeline "evalute" (did you mean "evaluate"?)\n',
  });
});

test("a model without a demo has no data to prepare", async () => {
  const { code, err } = await withModels(beside, "data prepare --model three-pipelines");
  expect({ code, err }).toEqual({
    code: 2,
    err: "Model three-pipelines has no data sets to be tried with; these have: mammo-severity\n",
  });
});

test("a pipeline's short name that two models have is refused with those there are", async () => {
  const { code, err } = await withModels(beside, start("train"));
  expect({ code, err }).toEqual({
    code: 2,
    err: 'Environment dev has more than one pipeline "train": mammo-severity-train, three-pipelines-train\n',
  });
  expect(started()).toEqual([]);
});
