import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { startExecution, stopExecution } from "../../operate/executions";
import type { ComparedPipeline } from "../../cli/pipelines/diff/compare";
import { mammoSeverity } from "../../pipelines/mammo-severity/model";
import { trainPipeline } from "../../pipelines/mammo-severity/train-pipeline";
import { scriptFile, type ModelContext, type ModelDefinition } from "../../pipelines/model";
import { AppliedEstate } from "../support/applied-estate";
import { jsonOf, mlops } from "../unit/cli/support";
import { ChangedStacks } from "./support/changed-stacks";

const prod = "prod-mammo-severity";
const { name } = mammoSeverity;

let applied: AppliedEstate;

beforeAll(async () => {
  applied = await AppliedEstate.copy();
});
afterAll(() => applied.stop());

/** Keys of all versions of the preprocessing script. */
async function keys(): Promise<string[]> {
  const s3 = new S3Client({ ...(await applied.access("prod")), forcePathStyle: true });
  const Bucket = "mlops-prod-sagemaker-data-222222222222";
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: `${name}/scripts/` }));
  return Contents.flatMap(({ Key = "" }) => (Key.endsWith("/preprocess.py") ? [Key] : [])).toSorted();
}

/** The model with another preprocessing script. */
function withScript(text: string): { readonly key: string; readonly models: readonly ModelDefinition[] } {
  const path = join(applied.folder, "preprocess.py");
  writeFileSync(path, text);
  const preprocess = scriptFile(name, path);
  const evaluate = mammoSeverity.scripts.find((script) => script.name === "evaluate.py") ?? preprocess;
  const train = (context: ModelContext) => trainPipeline(name, context, { preprocess, evaluate });
  const pipelines = { ...mammoSeverity.pipelines, train };
  return { key: preprocess.key, models: [{ ...mammoSeverity, scripts: [preprocess, evaluate], pipelines }] };
}

/** `<model>/scripts/<hash>/<file>` as the name of its resource. */
const resourceOf = (key: string): string =>
  `${prod} aws_s3_object.scripts_${key.split("/").slice(-2).join("-").replaceAll(".", "")}`;

/** Exit code of `mlops pipelines diff`, and which fields it names: the code that it compares with has the first script. */
async function difference(): Promise<{ readonly code: number; readonly fields: readonly string[] }> {
  const result = await mlops("pipelines diff prod train --json");
  const { pipelines } = jsonOf(result) as { pipelines: readonly ComparedPipeline[] };
  const steps = pipelines.flatMap((pipeline) => pipeline.steps);
  return {
    code: result.code,
    fields: steps.flatMap(({ step, fields }) => fields.map(({ path }) => `${step} ${path}`)),
  };
}

test("a changed script leaves the old one to the execution that was started with it, and the next apply collects it", async () => {
  const sagemaker = new SageMakerClient(await applied.access("prod"));
  const [first = ""] = await keys();
  expect(await difference()).toEqual({ code: 0, fields: [] });
  const execution = await startExecution(sagemaker, { pipeline: `${name}-train-pipeline` });

  const second = withScript("# second");
  const changed = new ChangedStacks(applied, "second", second);
  expect(await changed.planned([prod])).toEqual({
    forget: [resourceOf(first)],
    change: [`${prod} aws_sagemaker_pipeline.train-pipeline`],
    create: [resourceOf(second.key)],
  });
  expect(await changed.apply([prod])).toEqual({ [prod]: "applied" });
  expect(await keys()).toEqual([first, second.key].toSorted());

  await stopExecution(sagemaker, execution);
  const third = withScript("# third");
  const again = new ChangedStacks(applied, "third", third);
  await again.planned([prod]);
  expect(await again.apply([prod])).toEqual({ [prod]: "applied" });
  expect(await keys()).toEqual([third.key]);
  expect(await difference()).toEqual({
    code: 3,
    fields: ["Mammo-PreProcessing Arguments.ProcessingInputs[code].S3Input.S3Uri"],
  });
});
