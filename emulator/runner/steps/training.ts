import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CreateTrainingJobCommand,
  DescribeTrainingJobCommand,
  type CreateTrainingJobRequest,
} from "@aws-sdk/client-sagemaker";
import { create as archive } from "tar";
import { StepFailure } from "../execution/failure";
import { programOf } from "../jobs/images";
import { maxRuntime, runProgram, withJob, type Job } from "../jobs/job";
import { download, upload } from "../jobs/s3";
import { allSettledOrThrow } from "../all-settled-or-throw";
import { described } from "./described";
import type { Resolved, StepContext, StepResult } from "./step";

type TrainingRequest = Omit<CreateTrainingJobRequest, "TrainingJobName">;

/** https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-training-algo.html */
export async function training(context: StepContext): Promise<StepResult> {
  const request = withTextHyperparameters(context.arguments as unknown as TrainingRequest);
  const create = async (TrainingJobName: string) => {
    const { sagemaker } = await context.sessionOf();
    return (await sagemaker.send(new CreateTrainingJobCommand({ ...request, TrainingJobName })))
      .TrainingJobArn;
  };
  const metadata = (Arn: string) => ({ TrainingJob: { Arn } });
  const description = { kind: "training", create, metadata } as const;
  const { name, arn } = await withJob(context, description, async (job) => {
    await layOut(context, request, job);
    await runProgram(context, job, {
      image: request.AlgorithmSpecification?.TrainingImage ?? "",
      command: commandOf(request),
      environment: request.Environment ?? {},
      roleArn: request.RoleArn ?? "",
      isolated: request.EnableNetworkIsolation,
      maxRuntimeSeconds: maxRuntime(request),
    });
    return { modelArtifacts: await keepModel(context, request, job) };
  });
  if (context.standing) return { metadata: metadata(arn), properties: {} };
  const { sagemaker } = await context.sessionOf();
  const job = await sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: name }));
  return { metadata: metadata(arn), properties: described(request, job) };
}

const withTextHyperparameters = (request: TrainingRequest): TrainingRequest => ({
  ...request,
  HyperParameters: Object.fromEntries(
    Object.entries((request.HyperParameters ?? {}) as Resolved).map(([name, value]) => [name, String(value)]),
  ),
});

function commandOf({ AlgorithmSpecification }: TrainingRequest): readonly string[] {
  const image = AlgorithmSpecification?.TrainingImage ?? "";
  const command = programOf(image, "training");
  if (!command) throw new StepFailure(`ClientError: the runner has no training program for ${image}`);
  return command;
}

async function layOut(context: StepContext, request: TrainingRequest, { folder }: Job): Promise<void> {
  const { s3 } = await context.sessionOf(request.RoleArn, request.VpcConfig);
  const channels = request.InputDataConfig ?? [];
  const configuration = join(folder, "input/config");
  await allSettledOrThrow(
    [configuration, join(folder, "model"), join(folder, "output")].map((each) =>
      mkdir(each, { recursive: true }),
    ),
  );
  const files = {
    "hyperparameters.json": request.HyperParameters,
    "inputdataconfig.json": Object.fromEntries(
      channels.map(({ ChannelName, ContentType }) => [
        ChannelName,
        {
          ContentType,
          TrainingInputMode: "File",
          S3DistributionType: "FullyReplicated",
          RecordWrapperType: "None",
        },
      ]),
    ) as Resolved,
    "resourceconfig.json": { current_host: "algo-1", hosts: ["algo-1"], network_interface_name: "eth0" },
  };
  await allSettledOrThrow<unknown>([
    ...Object.entries(files).map(([name, content]) =>
      writeFile(join(configuration, name), JSON.stringify(content)),
    ),
    ...channels.map(
      async ({ ChannelName = "", DataSource, CompressionType = "None", InputMode = "File" }) => {
        const { S3Uri, S3DataType } = DataSource?.S3DataSource ?? {};
        // "CompressionType is used only for Pipe input mode": API reference, Channel
        if (!S3Uri || S3DataType !== "S3Prefix" || CompressionType !== "None" || InputMode === "Pipe")
          throw new StepFailure(
            `ClientError: the runner trains on files of an S3Prefix without CompressionType, which is for input mode Pipe, got: channel ${ChannelName} of ${S3DataType ?? "no S3DataType"}, ${CompressionType}, ${InputMode}`,
          );
        await download(s3, S3Uri, join(folder, "input/data", ChannelName));
      },
    ),
  ]);
}

/** Packs the model and writes it to S3 at once, so that nothing half-written ever has its final name. */
async function keepModel(
  context: StepContext,
  { OutputDataConfig, RoleArn, VpcConfig }: TrainingRequest,
  { name, folder }: Job,
): Promise<string> {
  const { s3 } = await context.sessionOf(RoleArn, VpcConfig);
  const file = join(folder, "model.tar.gz");
  const model = join(folder, "model");
  await archive({ gzip: true, file, cwd: model, portable: true }, await readdir(model));
  const uri = `${(OutputDataConfig?.S3OutputPath ?? "").replace(/\/$/, "")}/${name}/output/model.tar.gz`;
  await upload(s3, file, uri, OutputDataConfig?.KmsKeyId);
  return uri;
}
