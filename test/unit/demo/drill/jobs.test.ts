import {
  DescribeModelCommand,
  DescribeProcessingJobCommand,
  DescribeTrainingJobCommand,
  DescribeTransformJobCommand,
  SageMakerClient,
  type PipelineExecutionStepMetadata,
} from "@aws-sdk/client-sagemaker";
import { mockClient } from "aws-sdk-client-mock";
import { dataSetsOf, qualityCheckOf, transformOf } from "../../../../demo/drill/jobs";

const mock = mockClient(SageMakerClient);
const sagemaker = new SageMakerClient({});
beforeEach(() => {
  mock.reset();
});

const arn = (kind: string, name: string) => `arn:aws:sagemaker:us-east-1:111111111111:${kind}-job/${name}`;
const execution = (...steps: PipelineExecutionStepMetadata[]) => ({
  steps: steps.map((Metadata) => ({ Metadata })),
});
const input = (S3Uri: string, LocalPath = "/in") => ({
  InputName: "any",
  S3Input: { S3Uri, LocalPath, S3DataType: "S3Prefix" as const },
});
const output = (S3Uri: string) => ({ OutputName: "any", S3Output: { S3Uri } });
const outputs = (...uris: readonly string[]) =>
  ({
    ProcessingOutputConfig: { Outputs: uris.map(output) },
  }) as object;

test("a quality check's data is what its analyzer was described to read, not the baseline beside it", async () => {
  mock.on(DescribeProcessingJobCommand, { ProcessingJobName: "check" }).resolves({
    Environment: { dataset_source: "/in/data" },
    ProcessingInputs: [input("s3://b/statistics.json", "/in/baseline"), input("s3://b/rows.csv", "/in/data")],
    ...outputs("s3://b/results"),
  });
  const checked = execution({}, { QualityCheck: { CheckJobArn: arn("processing", "check") } });
  expect(await qualityCheckOf(sagemaker, checked)).toEqual({
    dataset: "s3://b/rows.csv",
    results: "s3://b/results",
  });
});

test("a transform is described with the artifact of the model it used, and where its predictions are", async () => {
  mock
    .on(DescribeTransformJobCommand, { TransformJobName: "score" })
    .resolves({ ModelName: "model", TransformOutput: { S3OutputPath: "s3://b/predictions" } });
  mock
    .on(DescribeModelCommand, { ModelName: "model" })
    .resolves({ PrimaryContainer: { ModelDataUrl: "s3://b/model.tar.gz" } });
  expect(
    await transformOf(sagemaker, execution({ TransformJob: { Arn: arn("transform", "score") } })),
  ).toEqual({ artifact: "s3://b/model.tar.gz", predictions: "s3://b/predictions" });
});

test("data sets are what processing made and a later job read", async () => {
  const channel = (S3Uri: string) => ({
    ChannelName: "any",
    DataSource: { S3DataSource: { S3DataType: "S3Prefix" as const, S3Uri } },
  });
  mock
    .on(DescribeProcessingJobCommand, { ProcessingJobName: "split" })
    .resolves({
      ProcessingInputs: [input("s3://b/raw")],
      ...outputs("s3://b/fit", "s3://b/held", "s3://b/unread"),
    })
    .on(DescribeProcessingJobCommand, { ProcessingJobName: "measure" })
    .resolves({ ProcessingInputs: [input("s3://b/held")], ...outputs("s3://b/report") })
    .on(DescribeTrainingJobCommand, { TrainingJobName: "fit" })
    .resolves({ InputDataConfig: [channel("s3://b/fit"), channel("s3://b/elsewhere")] });
  const training = execution(
    { ProcessingJob: { Arn: arn("processing", "split") } },
    { TrainingJob: { Arn: arn("training", "fit") } },
    { ProcessingJob: { Arn: arn("processing", "measure") } },
  );
  expect(await dataSetsOf(sagemaker, training)).toEqual(["s3://b/fit", "s3://b/held"]);
});

test("an execution without such a job is an error that says so", async () => {
  await expect(qualityCheckOf(sagemaker, execution({}))).rejects.toThrow("made no data quality check");
  await expect(transformOf(sagemaker, execution({}))).rejects.toThrow("transformed nothing");
});
