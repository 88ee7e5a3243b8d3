import type { Json } from "../../../pipelines/definition/values";
import trainGolden from "../../parity/golden/train.json";
import inferenceGolden from "../../parity/golden/inference.json";
import stepKindsGolden from "../../parity/golden/step-kinds.json";
import { RenderedPipeline } from "../../../pipelines/definition";
import type { RenderedDefinition } from "../../../pipelines/definition/rendered/json";
import { devContext, mammoSeverity } from "../../support/mammo-severity";
import { stepKinds } from "../../support/step-kinds";

const { train, inference } = mammoSeverity();

/** A definition that AWS's own SDK rendered; its script put `HASH` in the place of content hashes. */
const fromSdk = (name: string, golden: object) =>
  new RenderedPipeline(
    { ...devContext, name },
    JSON.parse(
      JSON.stringify(golden).replaceAll(
        "mammo-severity/scripts/HASH/",
        "mammo-severity/scripts/0123456789ab/",
      ),
    ) as RenderedDefinition,
  );

test.each([
  ["train", train, fromSdk(train.name, trainGolden)],
  ["inference", inference, fromSdk(inference.name, inferenceGolden)],
])("the %s pipeline that AWS's SDK renders needs what the one in TypeScript needs", (_, ours, theirs) => {
  expect(theirs.permissions()).toEqual(ours.permissions());
  expect(theirs.permissions("arn:aws:iam::111111111111:role/other")).toEqual(
    ours.permissions("arn:aws:iam::111111111111:role/other"),
  );
  expect(theirs.reportPermissions()).toEqual(ours.reportPermissions());
  expect(theirs.registeredImages()).toEqual(ours.registeredImages());
  expect(new Set(theirs.machines())).toEqual(new Set(ours.machines()));
  expect(theirs.stepNames("QualityCheck")).toEqual(ours.stepNames("QualityCheck"));
});

test("the other kinds of step that AWS's SDK renders need what those in TypeScript need", () => {
  const theirs = fromSdk("step-kinds", stepKindsGolden).permissions();
  expect(
    theirs.filter(({ Action }) => !Action.includes("s3:GetObject") && !Action.includes("s3:ListBucket")),
  ).toEqual(
    stepKinds()
      .permissions()
      .filter(({ Action }) => !Action.includes("s3:GetObject") && !Action.includes("s3:ListBucket")),
  );
});

const [processing] = trainGolden.Steps;
const definition = (...steps: readonly object[]): RenderedDefinition =>
  ({
    Version: "2020-12-01",
    Parameters: trainGolden.Parameters,
    Steps: steps,
  }) as unknown as RenderedDefinition;
const pipeline = (...steps: readonly object[]) =>
  new RenderedPipeline({ ...devContext, name: "p" }, definition(...steps));

test("SDK 3's null for MLflow is taken, and tracking there refused: nobody has said what it needs", () => {
  const tracked = (MlflowConfig: Json) =>
    new RenderedPipeline({ ...devContext, name: "p" }, { ...definition(processing ?? {}), MlflowConfig });
  expect(tracked(null).render()).toContain('"MlflowConfig":null');
  expect(() => tracked({ MlflowResourceArn: "arn" })).toThrow(
    /^pipeline p: MlflowConfig must be left out: .* got: {"MlflowResourceArn":"arn"}$/,
  );
});

describe("what no permission can be derived of is refused by the step's name:", () => {
  test("a kind of step that nobody has said the needs of", () => {
    expect(() => pipeline({ Name: "Crunch", Type: "EMRServerless", Arguments: {} })).toThrow(
      /^pipeline p: step Crunch must be of a kind whose permissions are known \(AutoML, Callback, .+\), got: EMRServerless$/,
    );
  });

  test.each([
    [undefined, "nothing"],
    ["1234abcd-12ab-34cd-56ef-1234567890ab", '"1234abcd-12ab-34cd-56ef-1234567890ab"'],
    [{ Get: "Parameters.InputDataUrl" }, '{"Get":"Parameters.InputDataUrl"}'],
  ])("a job whose key is %j", (KmsKeyId, got) => {
    const { Arguments } = processing as { Arguments: object };
    const step = {
      Name: "A",
      Type: "Processing",
      Arguments: { ...Arguments, ProcessingOutputConfig: { KmsKeyId } },
    };
    expect(() => pipeline(step).permissions()).toThrow(
      `pipeline p: step A: ProcessingOutputConfig.KmsKeyId must be the ARN of a key or of its alias, got: ${got}`,
    );
  });

  test("a function, or a group of versions, that is known only when the pipeline runs", () => {
    const later = { Get: "Parameters.InputDataUrl" };
    expect(() =>
      pipeline({ Name: "Ask", Type: "Lambda", Arguments: {}, FunctionArn: later }).permissions(),
    ).toThrow(
      'pipeline p: step Ask: FunctionArn must be known beforehand, got: {"Get":"Parameters.InputDataUrl"}',
    );
    const register = { Name: "Add", Type: "RegisterModel", Arguments: { ModelPackageGroupName: "mine" } };
    expect(() => pipeline(register).permissions()).toThrow(
      'pipeline p: step Add: ModelPackageGroupName must be the ARN of a model package group, got: "mine"',
    );
  });
});

test("a key that is named by its own ARN is that one, and no alias is asked for", () => {
  const key = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  const { Arguments } = processing as { Arguments: object };
  const step = {
    Name: "A",
    Type: "Processing",
    Arguments: { ...Arguments, ProcessingOutputConfig: { KmsKeyId: key } },
  };
  const uses = pipeline(step)
    .permissions()
    .filter(({ Action }) => Action.some((action) => action.startsWith("kms:")));
  expect(uses.map(({ Resource }) => Resource)).toEqual([[key], [key]]);
  expect(JSON.stringify(uses)).not.toContain("kms:ResourceAliases");
});

test("a step may refer only to steps and parameters of its pipeline", () => {
  const ask = (question: string) => ({
    Name: "Ask",
    Type: "Lambda",
    FunctionArn: devContext.sealVersionFunctionArn,
    Arguments: { question: { Get: question } },
  });
  expect(() => pipeline(ask("Steps.Gone.OutputParameters['a']"))).toThrow(
    "pipeline p: step Ask refers to step Gone, which is not in the pipeline",
  );
  expect(() => pipeline(ask("Parameters.Gone"))).toThrow(
    "pipeline p: step Ask refers to parameter Gone, which is not in the pipeline",
  );
});

test("reading a script reaches all versions of the model's scripts, and writing there no more than said", () => {
  const folder = "s3://mlops-dev-sagemaker-data-111111111111/m/scripts/0123456789ab";
  const { Arguments } = processing as { Arguments: { ProcessingOutputConfig: object } };
  const statements = pipeline({
    Name: "A",
    Type: "Processing",
    Arguments: {
      ...Arguments,
      ProcessingInputs: [{ InputName: "code", S3Input: { S3Uri: `${folder}/a.py` } }],
      ProcessingOutputConfig: {
        ...Arguments.ProcessingOutputConfig,
        Outputs: [{ OutputName: "o", S3Output: { S3Uri: folder } }],
      },
    },
  }).permissions();
  const resources = (action: string) =>
    statements.filter(({ Action }) => Action[0] === action).flatMap(({ Resource }) => Resource);
  const bucket = "arn:aws:s3:::mlops-dev-sagemaker-data-111111111111";
  expect(resources("s3:GetObject")).toEqual([`${bucket}/m/scripts/*`]);
  expect(resources("s3:PutObject")).toEqual([`${bucket}/m/scripts/0123456789ab*`]);
});
