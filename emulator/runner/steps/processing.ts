import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  CreateProcessingJobCommand,
  DescribeProcessingJobCommand,
  type CreateProcessingJobRequest,
  type ProcessingInput,
  type ProcessingOutput,
} from "@aws-sdk/client-sagemaker";
import { StepFailure } from "../execution/failure";
import { withinContainer } from "../jobs/container";
import { programOf } from "../jobs/images";
import { maxRuntime, runProgram, withJob, type Job } from "../jobs/job";
import { download, uploadFolder } from "../jobs/s3";
import { allSettledOrThrow } from "../all-settled-or-throw";
import { described } from "./described";
import type { Resolved, StepContext, StepResult } from "./step";

/** A processing job's request without its name. */
export type ProcessingRequest = Omit<CreateProcessingJobRequest, "ProcessingJobName">;

/** https://docs.aws.amazon.com/sagemaker/latest/dg/build-your-own-processing-container.html */
export async function processing(context: StepContext): Promise<StepResult> {
  const request = context.arguments as unknown as ProcessingRequest;
  const metadata = (Arn: string) => ({ ProcessingJob: { Arn } });
  const { name, arn } = await runProcessingJob(context, request, { metadata });
  if (context.standing) return { metadata: metadata(arn), properties: {} };
  const { sagemaker } = await context.sessionOf();
  const job = await sagemaker.send(new DescribeProcessingJobCommand({ ProcessingJobName: name }));
  return {
    metadata: metadata(arn),
    properties: described(request, job),
    outputs: outputsOf(request),
  };
}

export interface ProcessingJobUse {
  /** The step's metadata while the job runs. */
  readonly metadata: (arn: string) => Resolved;
  /** Reads what the job left in its folder, once its outputs are in S3. */
  readonly look?: (job: Job) => Promise<void>;
}

/** Runs a processing job: inputs from S3, the entry point, outputs to S3. */
export async function runProcessingJob(
  context: StepContext,
  request: ProcessingRequest,
  { metadata, look }: ProcessingJobUse,
) {
  const create = async (ProcessingJobName: string) => {
    const { sagemaker } = await context.sessionOf();
    const job = await sagemaker.send(new CreateProcessingJobCommand({ ...request, ProcessingJobName }));
    return job.ProcessingJobArn;
  };
  return withJob(context, { kind: "processing", create, metadata }, async (job) => {
    await layOut(context, request, job);
    await runProgram(context, job, {
      image: request.AppSpecification?.ImageUri ?? "",
      command: commandOf(request),
      environment: request.Environment ?? {},
      roleArn: request.RoleArn ?? "",
      isolated: request.NetworkConfig?.EnableNetworkIsolation,
      maxRuntimeSeconds: maxRuntime(request),
    });
    await bringBack(context, request, job);
    await look?.(job);
    return {};
  });
}

function commandOf({ AppSpecification }: ProcessingRequest): readonly string[] {
  const { ContainerEntrypoint, ContainerArguments = [], ImageUri = "" } = AppSpecification ?? {};
  const command = ContainerEntrypoint ?? programOf(ImageUri, "processing");
  if (!command) throw new StepFailure(`ClientError: ${ImageUri} has no entry point that the runner knows`);
  return [...command, ...ContainerArguments];
}

async function layOut(context: StepContext, request: ProcessingRequest, job: Job): Promise<void> {
  const { s3 } = await context.sessionOf(request.RoleArn, request.NetworkConfig?.VpcConfig);
  const inputs = (request.ProcessingInputs ?? []).map((input) => checkedInput(input, job));
  const folders = (request.ProcessingOutputConfig?.Outputs ?? []).map((output) => checkedOutput(output, job));
  await allSettledOrThrow<unknown>([
    ...inputs.map(({ uri, folder }) => download(s3, uri, folder)),
    ...folders.map(({ folder }) => mkdir(folder, { recursive: true })),
    writeConfiguration(job, request),
  ]);
}

/** An S3 prefix and its folder on this machine. */
interface JobPath {
  readonly uri: string;
  readonly folder: string;
}

function checkedInput({ InputName = "", S3Input }: ProcessingInput, { folder }: Job): JobPath {
  const { S3Uri, LocalPath, S3DataType, S3InputMode = "File", S3CompressionType = "None" } = S3Input ?? {};
  // "Gzip can only be used if Pipe mode is specified as the S3InputMode": API reference, ProcessingS3Input
  if (!S3Uri || S3DataType !== "S3Prefix" || S3InputMode !== "File" || S3CompressionType !== "None")
    throw new StepFailure(
      `ClientError: the runner takes files of an S3Prefix without S3CompressionType, which is for input mode Pipe, got: input ${InputName} of ${S3DataType ?? "no S3DataType"}, ${S3InputMode}, ${S3CompressionType}`,
    );
  return { uri: S3Uri, folder: withinContainer(folder, LocalPath) };
}

function checkedOutput({ OutputName = "", S3Output }: ProcessingOutput, { folder }: Job): JobPath {
  const { S3Uri, LocalPath } = S3Output ?? {};
  if (!S3Uri)
    throw new StepFailure(`ClientError: the runner writes to S3, output ${OutputName} goes elsewhere`);
  return { uri: S3Uri, folder: withinContainer(folder, LocalPath) };
}

async function writeConfiguration({ name, folder }: Job, request: ProcessingRequest): Promise<void> {
  const hosts = { current_host: "algo-1", hosts: ["algo-1"] };
  const files = {
    "processingjobconfig.json": { ...request, ProcessingJobName: name },
    "resourceconfig.json": hosts,
  };
  for (const [file, content] of Object.entries(files)) {
    const path = join(folder, "config", file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, JSON.stringify(content));
  }
  await mkdir(join(folder, "output"), { recursive: true });
}

async function bringBack(context: StepContext, request: ProcessingRequest, job: Job): Promise<void> {
  const { s3 } = await context.sessionOf(request.RoleArn, request.NetworkConfig?.VpcConfig);
  const { Outputs = [], KmsKeyId } = request.ProcessingOutputConfig ?? {};
  await allSettledOrThrow(
    Outputs.map((output) => {
      const { uri, folder } = checkedOutput(output, job);
      return uploadFolder(s3, folder, uri, KmsKeyId);
    }),
  );
}

/** The folder in S3 of each output. */
export const outputsOf = ({ ProcessingOutputConfig }: ProcessingRequest): Record<string, string> =>
  Object.fromEntries(
    (ProcessingOutputConfig?.Outputs ?? []).map(({ OutputName, S3Output }) => [
      OutputName,
      S3Output?.S3Uri ?? "",
    ]),
  ) as Record<string, string>;
