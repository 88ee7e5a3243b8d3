import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  CreateTransformJobCommand,
  DescribeModelCommand,
  DescribeTransformJobCommand,
  type CreateTransformJobRequest,
  type VpcConfig,
} from "@aws-sdk/client-sagemaker";
import { StepFailure } from "../execution/failure";
import { containerRoot } from "../jobs/container";
import { programOf } from "../jobs/images";
import { runProgram, withJob, type Job } from "../jobs/job";
import { download, uploadFolder } from "../jobs/s3";
import { bringCode, scriptOfModel, type Script } from "../jobs/script";
import { described } from "./described";
import type { DescribedModel } from "../control-plane";
import type { StepContext, StepResult } from "./step";

type TransformRequest = Omit<CreateTransformJobRequest, "TransformJobName">;

/** The model a transform uses. */
interface ServedModel {
  readonly image: string;
  readonly roleArn: string;
  readonly dataUrl: string;
  readonly isolated: boolean;
  readonly vpc: VpcConfig | undefined;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly script: Script | undefined;
}

/**
 * Each input object gives one of its name with `.out` behind it. One that cannot be scored gives none and fails the job,
 * which scores the others all the same.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformOutput.html
 */
export async function transform(context: StepContext): Promise<StepResult> {
  const request = context.arguments as unknown as TransformRequest;
  requirePlain(request);
  const model = await servedModel(context, request.ModelName ?? "");
  const create = async (TransformJobName: string) => {
    const { sagemaker } = await context.sessionOf();
    return (await sagemaker.send(new CreateTransformJobCommand({ ...request, TransformJobName })))
      .TransformJobArn;
  };
  const metadata = (Arn: string) => ({ TransformJob: { Arn } });
  const { name, arn } = await withJob(context, { kind: "transform", create, metadata }, async (job) => {
    await score(context, request, model, job);
    return {};
  });
  if (context.standing) return { metadata: metadata(arn), properties: {} };
  const { sagemaker } = await context.sessionOf();
  const job = await sagemaker.send(new DescribeTransformJobCommand({ TransformJobName: name }));
  return {
    metadata: metadata(arn),
    properties: described(request, job),
    outputs: { output: request.TransformOutput?.S3OutputPath ?? "" },
  };
}

/** @throws StepFailure for what would change the output and is not done here */
function requirePlain({ TransformInput, DataProcessing = {} }: TransformRequest): void {
  const { InputFilter = "$", OutputFilter = "$", JoinSource = "None" } = DataProcessing;
  if (InputFilter !== "$" || OutputFilter !== "$" || JoinSource !== "None")
    throw new StepFailure("ClientError: the runner neither filters nor joins records (DataProcessing)");
  const { S3DataType = "S3Prefix" } = TransformInput?.DataSource?.S3DataSource ?? {};
  if (S3DataType !== "S3Prefix")
    throw new StepFailure(`ClientError: the runner scores the objects of an S3Prefix, got: ${S3DataType}`);
}

async function servedModel(context: StepContext, name: string): Promise<ServedModel> {
  const {
    PrimaryContainer,
    ExecutionRoleArn,
    EnableNetworkIsolation: isolated = false,
    VpcConfig: vpc,
  } = context.standing?.model ?? (await describedModel(context, name));
  const { Image = "", ModelDataUrl, Environment: environment = {} } = PrimaryContainer ?? {};
  const script = scriptOfModel(environment);
  const command = programOf(Image, "transform", script !== undefined);
  if (!command) throw new StepFailure(`ClientError: the runner cannot serve models of the image ${Image}`);
  if (!ModelDataUrl || !ExecutionRoleArn)
    throw new StepFailure(`ClientError: model ${name} has no artifact or role`);
  const [image, roleArn, dataUrl] = [Image, ExecutionRoleArn, ModelDataUrl];
  return { image, roleArn, dataUrl, isolated, vpc, command, environment, script };
}

async function describedModel(context: StepContext, ModelName: string): Promise<DescribedModel> {
  const { sagemaker } = await context.sessionOf();
  return sagemaker.send(new DescribeModelCommand({ ModelName }));
}

async function score(
  context: StepContext,
  { TransformInput, TransformOutput, BatchStrategy, MaxPayloadInMB, Environment }: TransformRequest,
  { image, roleArn, dataUrl, isolated, vpc, command, environment, script }: ServedModel,
  job: Job,
): Promise<void> {
  const { s3 } = await context.sessionOf(roleArn, vpc);
  const [archive] = await download(s3, dataUrl, join(job.folder, "model"));
  if (script) await bringCode(context, script, { folder: job.folder, roleArn, isolated, vpc });
  const data = TransformInput?.DataSource?.S3DataSource?.S3Uri ?? "";
  await download(s3, data, join(job.folder, "input/data"));
  const output = join(job.folder, "output/data");
  await mkdir(output, { recursive: true });
  const keep = () => uploadFolder(s3, output, TransformOutput?.S3OutputPath ?? "", TransformOutput?.KmsKeyId);
  try {
    await runProgram(context, job, {
      image,
      command,
      roleArn,
      isolated,
      environment: {
        ...environment,
        ...Environment,
        MODEL_DATA: `${containerRoot}/model/${archive ?? ""}`,
        INPUT_FOLDER: `${containerRoot}/input/data`,
        OUTPUT_FOLDER: `${containerRoot}/output/data`,
        CONTENT_TYPE: TransformInput?.ContentType ?? "",
        COMPRESSION_TYPE: TransformInput?.CompressionType ?? "None",
        SPLIT_TYPE: TransformInput?.SplitType ?? "None",
        ASSEMBLE_WITH: TransformOutput?.AssembleWith ?? "None",
        BATCH_STRATEGY: BatchStrategy ?? "",
        MAX_PAYLOAD_MB: String(MaxPayloadInMB ?? ""),
        ACCEPT: TransformOutput?.Accept ?? "",
      },
    });
  } catch (error) {
    if (error instanceof StepFailure) await keep();
    throw error;
  }
  await keep();
}
