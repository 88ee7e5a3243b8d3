import trainGolden from "../../parity/golden/train.json";
import inferenceGolden from "../../parity/golden/inference.json";
import { RenderedPipeline, type OwnStatement } from "../../../pipelines/definition";
import type { RenderedDefinition } from "../../../pipelines/definition/rendered/json";
import { devContext } from "../../support/mammo-severity";

const [processing] = trainGolden.Steps;
const key = "arn:aws:kms:us-east-1:111111111111:alias/mlops-dev";
const bucket = "mlops-dev-sagemaker-data-111111111111";

const prepare = (uri: unknown, image: unknown = processing?.Arguments.AppSpecification?.ImageUri) => ({
  Name: "Prepare",
  Type: "Processing",
  Arguments: {
    ...processing?.Arguments,
    ProcessingResources: {
      ClusterConfig: { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 30 },
    },
    Environment: {},
    AppSpecification: { ImageUri: image },
    ProcessingInputs: [{ InputName: "rates", S3Input: { S3Uri: uri } }],
    ProcessingOutputConfig: {
      KmsKeyId: key,
      Outputs: [{ OutputName: "o", S3Output: { S3Uri: `s3://${bucket}/m/o` } }],
    },
  },
});
const ask = (FunctionArn: string) => ({ Name: "Ask", Type: "Lambda", FunctionArn, Arguments: {} });
const someones = "arn:aws:lambda:us-east-1:111111111111:function:rates";

const pipeline = (
  steps: readonly object[],
  own: readonly OwnStatement[] = [],
  Parameters: readonly object[] = [],
) =>
  new RenderedPipeline(
    { ...devContext, name: "p" },
    { Version: "2020-12-01", Parameters, Steps: steps } as unknown as RenderedDefinition,
    { own },
  );

const answer = { Get: "Steps.Ask.OutputParameters['uri']" };
const field = "ProcessingInputs[rates].S3Input.S3Uri";
const need = { step: "Prepare", may: "read", field };

const reading: OwnStatement = {
  reason: "Rates come from finance's bucket",
  steps: ["Prepare"],
  actions: ["s3:GetObject"],
  resources: ["s3://rates-111111111111/monthly/"],
};

describe("what only a run says is told by step and field:", () => {
  test("what a function answers, which nothing lets the role read", () => {
    expect(pipeline([ask(someones), prepare(answer)]).runTimeNeeds()).toEqual([
      { ...need, from: answer.Get, allowed: undefined },
    ]);
  });

  test("what the functions of the product answer are versions of the model", () => {
    const steps = [ask(devContext.latestApprovedModelFunctionArn), prepare(answer, answer)];
    expect(pipeline(steps).runTimeNeeds()).toEqual([
      {
        step: "Prepare",
        may: "pull",
        field: "AppSpecification.ImageUri",
        from: answer.Get,
        allowed: "versions of the model",
      },
      { ...need, from: answer.Get, allowed: "versions of the model" },
    ]);
  });

  test("a parameter, as far as its default goes", () => {
    const given = (DefaultValue?: string) => [{ Name: "Rates", Type: "String", DefaultValue }];
    const from = "Parameters.Rates";
    const of = (value: unknown, image: unknown, fallback?: string) =>
      pipeline([prepare(value, image)], [], given(fallback)).runTimeNeeds();
    const image = "111111111111.dkr.ecr.us-east-1.amazonaws.com/a:1";
    expect(of({ Get: from }, image, "s3://rates/monthly/a.csv")).toEqual([
      { ...need, from, allowed: "what is below s3://rates/monthly/" },
    ]);
    expect(of({ Get: from }, image)).toEqual([{ ...need, from, allowed: undefined }]);
    expect(of("s3://rates/a", { Get: from }, image)).toEqual([
      {
        ...need,
        may: "pull",
        field: "AppSpecification.ImageUri",
        from,
        allowed: "images of 111111111111.dkr.ecr.us-east-1.amazonaws.com/a",
      },
    ]);
    expect(of({ "Std:Join": { On: "/", Values: [{ Get: from }, "a.csv"] } }, image)).toEqual([
      { ...need, from, allowed: undefined },
    ]);
  });

  test("a value of a file", () => {
    const value = { "Std:JsonGet": { PropertyFile: { Get: "Steps.Look.PropertyFiles.Found" }, Path: "uri" } };
    const look = { ...prepare(`s3://${bucket}/m/i`), Name: "Look" };
    expect(pipeline([look, prepare(value)]).runTimeNeeds()).toEqual([
      { ...need, from: "Steps.Look.PropertyFiles.Found", allowed: undefined },
    ]);
  });
});

test("what another job gives, and what is known as far as its prefix, follows from the definition", () => {
  const first = { ...prepare(`s3://${bucket}/m/i`), Name: "First" };
  const given = { Get: "Steps.First.ProcessingOutputConfig.Outputs['o'].S3Output.S3Uri" };
  const below = {
    "Std:Join": { On: "/", Values: [`s3://${bucket}/m`, { Get: "Execution.PipelineExecutionId" }] },
  };
  expect(pipeline([first, prepare(given)]).runTimeNeeds()).toEqual([]);
  expect(pipeline([prepare(below)]).runTimeNeeds()).toEqual([]);
});

test("the shipped pipelines leave to the run what they say in their parameters and take from the registry", () => {
  const needs = [trainGolden, inferenceGolden].flatMap(({ Steps, Parameters }) =>
    pipeline(Steps, [], Parameters).runTimeNeeds(),
  );
  expect(needs).toHaveLength(7);
  expect(needs.filter(({ allowed }) => allowed === undefined)).toEqual([]);
});

describe("what a model asks for itself", () => {
  test("covers the step that it names, and the action that it has", () => {
    const allowedBy = (own: OwnStatement) =>
      pipeline([ask(someones), prepare(answer)], [own])
        .runTimeNeeds()
        .map(({ allowed }) => allowed);
    expect(allowedBy(reading)).toEqual(["as model.json asks: Rates come from finance's bucket"]);
    expect(allowedBy({ ...reading, steps: ["Ask"] })).toEqual([undefined]);
    expect(allowedBy({ ...reading, actions: ["s3:PutObject"] })).toEqual([undefined]);
  });

  test("becomes statements of the pipeline that has the step, named by the reason, in its accounts' buckets", () => {
    const own = (one: OwnStatement, ...steps: readonly object[]) =>
      pipeline(steps, [one])
        .permissions()
        .filter(({ Sid }) => Sid !== undefined);
    const Condition = { StringEquals: { "aws:ResourceAccount": devContext.bucketAccounts } };
    expect(own(reading, prepare(`s3://${bucket}/m/i`))).toEqual([
      {
        Sid: "RatesComeFromFinancesBucket",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: ["arn:aws:s3:::rates-111111111111/monthly/*"],
        Condition,
      },
      {
        Sid: "RatesComeFromFinancesBucket2",
        Effect: "Allow",
        Action: ["s3:ListBucket"],
        Resource: ["arn:aws:s3:::rates-111111111111"],
        Condition: { StringLike: { "s3:prefix": ["monthly/*"] }, ...Condition },
      },
    ]);
    expect(own(reading, ask(someones))).toEqual([]);
    const table = "arn:aws:dynamodb:us-east-1:111111111111:table/rates";
    expect(
      own({ ...reading, steps: ["Ask"], actions: ["dynamodb:GetItem"], resources: [table] }, ask(someones)),
    ).toEqual([
      {
        Sid: "RatesComeFromFinancesBucket",
        Effect: "Allow",
        Action: ["dynamodb:GetItem"],
        Resource: [table],
      },
    ]);
  });
});
