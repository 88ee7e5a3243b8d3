import { DescribePipelineCommand, ListPipelinesCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { mockClient } from "aws-sdk-client-mock";
import { readEstate } from "../../../stacks/known";
import { pipelinesIn } from "../../../stacks/model-pipelines";
import { workloadsOf } from "../../../stacks/topology";
import { mammoSeverity } from "../../../pipelines/mammo-severity/model";
import { models } from "../../fixtures/models";
import { estateFolder } from "../../support/environments";
import { jsonOf, mlops, mockSts } from "./support";

const estate = readEstate(estateFolder, models);
const [dev] = workloadsOf(estate).filter(({ name }) => name === "dev");
if (!dev) throw new Error("the tests' estate has no dev");
const made = pipelinesIn(estate, dev, mammoSeverity);

const key = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";

interface Step {
  Name: string;
  Type: string;
  Arguments: Record<string, unknown>;
}
interface Definition {
  Parameters: Record<string, unknown>[];
  Steps: Step[];
}

/** What SageMaker has once a pipeline is applied: AWS has made the account's key. */
const applied = (short: string): string =>
  (made[short]?.render() ?? "").replaceAll(/arn:aws:kms:us-east-1:111111111111:key\/<[^>]+>/g, key);

/** What SageMaker has, with something else in it. */
function changed(short: string, change: (definition: Definition) => void): string {
  const definition = JSON.parse(applied(short)) as Definition;
  change(definition);
  return JSON.stringify(definition);
}

/** Has the account answer with these definitions, by short name. */
function deploy(definitions: Readonly<Record<string, string>>): void {
  mockSts();
  const sagemaker = mockClient(SageMakerClient);
  const names = Object.keys(definitions).map((short) => made[short]?.name ?? short);
  sagemaker.on(ListPipelinesCommand).resolves({
    PipelineSummaries: names.map((PipelineName) => ({ PipelineName, PipelineArn: `arn:${PipelineName}` })),
  });
  for (const [short, PipelineDefinition] of Object.entries(definitions))
    sagemaker
      .on(DescribePipelineCommand, { PipelineName: made[short]?.name ?? short })
      .resolves({ PipelineDefinition });
}

const both = () => ({ train: applied("train"), inference: applied("inference") });

test("what is deployed as the code has it is the same, whichever key AWS made, and exits with 0", async () => {
  deploy(both());
  expect(applied("train")).toContain(key);
  expect(await mlops("pipelines diff dev mammo-severity")).toEqual({
    code: 0,
    out:
      "mammo-severity-train-pipeline: deployed as the code has it\n" +
      "mammo-severity-inference-pipeline: deployed as the code has it\n",
    err: "",
  });
});

test("steps that differ are told with path, what is deployed and what the code has, and it exits with 3", async () => {
  const train = changed("train", ({ Parameters, Steps }) => {
    Object.assign(Parameters[3] ?? {}, { DefaultValue: 0.7 });
    const [preprocess, training, evaluate, gate] = Steps;
    Object.assign(training?.Arguments.ResourceConfig ?? {}, { InstanceCount: 2 });
    const inputs = preprocess?.Arguments.ProcessingInputs as { S3Input: { S3Uri: string } }[];
    Object.assign(inputs[1]?.S3Input ?? {}, { S3Uri: "s3://elsewhere/code.py" });
    (gate?.Arguments.IfSteps as Step[]).pop();
    if (evaluate) Steps.push({ ...evaluate, Name: "Mammo-Explain" });
  });
  deploy({ ...both(), train });
  const { code, out } = await mlops("pipelines diff dev train");
  expect(code).toBe(3);
  expect(out)
    .toBe(`mammo-severity-train-pipeline: the code has it otherwise; steps: 1 added, 1 removed, 3 changed
  Parameters[AucScoreThreshold].DefaultValue: 0.7 → 0.5
  ~ Mammo-PreProcessing (Processing)
      Arguments.ProcessingInputs[code].S3Input.S3Uri: "s3://elsewhere/code.py" → ${scriptOf("preprocess.py")}
  ~ Mammo-Train (Training)
      Arguments.ResourceConfig.InstanceCount: 2 → 1
  ~ Mammo-CheckAUCScore (Condition)
      Arguments.IfSteps[]: + "Mammo-RegisterModel"
  - Mammo-Explain (Processing)
  + Mammo-RegisterModel (RegisterModel)
`);
  expect(jsonOf(await mlops("pipelines diff dev train --json"))).toMatchObject({
    environment: "dev",
    pipelines: [
      {
        pipeline: "mammo-severity-train-pipeline",
        state: "different",
        definition: [{ path: "Parameters[AucScoreThreshold].DefaultValue", before: "0.7", after: "0.5" }],
        steps: expect.arrayContaining([
          { step: "Mammo-Explain", kind: "Processing", change: "removed", fields: [] },
          {
            step: "Mammo-Train",
            kind: "Training",
            change: "changed",
            fields: [{ path: "Arguments.ResourceConfig.InstanceCount", before: "2", after: "1" }],
          },
        ]) as unknown,
      },
    ],
  });
});

const scriptOf = (name: string): string =>
  new RegExp(`"s3://[^"]+/${name}"`).exec(applied("train"))?.[0] ?? "";

test("steps in another order are a difference, and so is a second key", async () => {
  const inference = changed("inference", ({ Steps }) => {
    Steps.reverse();
    Object.assign(Steps[0]?.Arguments.TransformResources ?? {}, {
      VolumeKmsKeyId: key.replace("1234abcd", "0000abcd"),
    });
  });
  deploy({ inference });
  const { code, out } = await mlops("pipelines diff dev inference");
  expect(code).toBe(3);
  expect(out).toContain("Steps: (one order) → (another order)");
  expect(out).toContain("VolumeKmsKeyId: ");
});

test("what is not deployed says so, and so does what the code has no more; both exit with 3", async () => {
  deploy({ train: applied("train"), older: "{}" });
  const { code, out } = await mlops("pipelines diff dev inference");
  expect({ code, out }).toEqual({
    code: 3,
    out: "mammo-severity-inference-pipeline: not deployed; the code has it\n",
  });
  expect(await mlops("pipelines diff dev older")).toMatchObject({
    code: 3,
    out: "older: deployed; the code has none of this name\n",
  });
});

test("colour is for terminals alone", async () => {
  deploy({ train: changed("train", ({ Steps }) => void Steps.shift()) });
  const colour = "\u001b[32m+ Mammo-PreProcessing";
  expect((await mlops("pipelines diff dev train", { terminal: true })).out).toContain(colour);
  expect((await mlops("pipelines diff dev train")).out).not.toContain("\u001b");
});

test("a name that nothing has is answered with what was meant", async () => {
  deploy(both());
  expect(await mlops("pipelines diff dev trian")).toMatchObject({
    code: 2,
    err: 'Environment dev has no pipeline "trian" (did you mean "train"?)\n',
  });
});
