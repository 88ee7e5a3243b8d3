import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CreateTrainingJobRequest } from "@aws-sdk/client-sagemaker";
import { create as archive } from "tar";
import { StepFailure } from "../execution/failure";
import { allSettledOrThrow } from "../all-settled-or-throw";
import type { Resolved, StepContext } from "../steps/step";
import { metricsOf, programOf } from "./images";
import { maxRuntime, runProgram, type Job } from "./job";
import { metricReader, type Metrics } from "./metrics";
import { download, upload } from "./s3";
import { bringCode, scriptOfTraining } from "./script";

/** A training job's request without its name. */
export type TrainingRequest = Omit<CreateTrainingJobRequest, "TrainingJobName">;

/** What a training job leaves behind: where its model is, and what its log says of it. */
export interface Trained {
  readonly modelArtifacts: string;
  readonly metrics: Metrics;
}

/**
 * The work of a training job: channels from S3, the image's program, the model to S3.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-training-algo.html
 */
export async function train(context: StepContext, request: TrainingRequest, job: Job): Promise<Trained> {
  const image = request.AlgorithmSpecification?.TrainingImage ?? "";
  const metrics = metricReader(request.AlgorithmSpecification?.MetricDefinitions, metricsOf(image));
  const script = scriptOfTraining(request.HyperParameters);
  await layOut(context, request, job);
  if (script)
    await bringCode(context, script, {
      folder: job.folder,
      roleArn: request.RoleArn,
      isolated: request.EnableNetworkIsolation,
      vpc: request.VpcConfig,
    });
  await runProgram(context, job, {
    image,
    command: commandOf(request, script !== undefined),
    environment: { TRAINING_JOB_NAME: job.name, ...request.Environment },
    roleArn: request.RoleArn ?? "",
    isolated: request.EnableNetworkIsolation,
    maxRuntimeSeconds: maxRuntime(request),
  });
  return {
    modelArtifacts: await keepOutputs(context, request, job),
    metrics: metrics(await readFile(context.logFile, "utf8")),
  };
}

function commandOf({ AlgorithmSpecification }: TrainingRequest, hasScript: boolean): readonly string[] {
  const { ContainerEntrypoint, ContainerArguments = [], TrainingImage = "" } = AlgorithmSpecification ?? {};
  const command = ContainerEntrypoint ?? programOf(TrainingImage, "training", hasScript);
  if (!command) throw new StepFailure(`ClientError: the runner has no training program for ${TrainingImage}`);
  return [...command, ...ContainerArguments];
}

async function layOut(context: StepContext, request: TrainingRequest, { folder }: Job): Promise<void> {
  const { s3 } = await context.sessionOf(request.RoleArn, request.VpcConfig);
  const channels = request.InputDataConfig ?? [];
  const configuration = join(folder, "input/config");
  await allSettledOrThrow(
    [configuration, join(folder, "model"), join(folder, "output/data")].map((each) =>
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
    "resourceconfig.json": resourcesOf(request),
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

/** https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-training-algo-running-container.html */
function resourcesOf({ ResourceConfig }: TrainingRequest): Resolved {
  const [host, group] = ["algo-1", "homogeneousCluster"];
  const instance = ResourceConfig?.InstanceType ?? "local";
  return {
    current_host: host,
    current_instance_type: instance,
    current_group_name: group,
    hosts: [host],
    instance_groups: [{ instance_group_name: group, instance_type: instance, hosts: [host] }],
    network_interface_name: "eth0",
  };
}

/** Keeps the model, and what else the job has put out. */
async function keepOutputs(context: StepContext, request: TrainingRequest, job: Job): Promise<string> {
  const other = join(job.folder, "output/data");
  if ((await readdir(other)).length > 0) await keep(context, request, job, other, "output.tar.gz");
  return keep(context, request, job, join(job.folder, "model"), "model.tar.gz");
}

/** Packs a folder and writes it to S3 at once, so that nothing half-written ever has its final name. */
async function keep(
  context: StepContext,
  { OutputDataConfig, RoleArn, VpcConfig }: TrainingRequest,
  { name, folder }: Job,
  cwd: string,
  packed: string,
): Promise<string> {
  const { s3 } = await context.sessionOf(RoleArn, VpcConfig);
  const file = join(folder, packed);
  await archive({ gzip: true, file, cwd, portable: true }, await readdir(cwd));
  const uri = `${(OutputDataConfig?.S3OutputPath ?? "").replace(/\/$/, "")}/${name}/output/${packed}`;
  await upload(s3, file, uri, OutputDataConfig?.KmsKeyId);
  return uri;
}
