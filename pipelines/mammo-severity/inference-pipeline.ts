import {
  executionId,
  integerParameter,
  LambdaStep,
  ModelStep,
  Pipeline,
  QualityCheckStep,
  s3Uri,
  stringParameter,
  TransformStep,
  type Parameter,
} from "../definition";
import type { ModelContext } from "../model";
import { processingInstanceType, transformInstanceType } from "./instance-types";
import { monitorJob } from "./monitor-job";

/** Takes the latest approved version, checks the batch against its baseline, and scores the batch if it holds. */
export function inferencePipeline(model: string, context: ModelContext): Pipeline {
  const input = stringParameter(
    "transform_input",
    `s3://${context.dataBucket}/${model}/data/batch-dataset/mammo-batch-dataset.csv`,
  );
  const latest = latestApprovedModelStep(context);
  const create = createModelStep(context, latest);
  const monitor = monitorStep(model, context, input, latest);
  const transform = transformStep(model, context, input, { create, monitor });
  return new Pipeline({
    ...context,
    name: `${model}-inference-pipeline`,
    parameters: [
      processingInstanceType,
      integerParameter("ProcessingInstanceCount", 1),
      input,
      transformInstanceType,
    ],
    steps: [latest, create, monitor, transform],
  });
}

const latestApprovedModelStep = (context: ModelContext) =>
  new LambdaStep("Mammo-LatestApprovedModel", {
    functionArn: context.latestApprovedModelFunctionArn,
    outputs: ["model_artifact_uri", "image_uri", "s3_baseline_uri_statistics", "s3_baseline_uri_constraints"],
  });

type LatestApprovedModelStep = ReturnType<typeof latestApprovedModelStep>;

const createModelStep = (context: ModelContext, latest: LatestApprovedModelStep): ModelStep =>
  new ModelStep("Mammo-CreateModel", {
    image: latest.output("image_uri"),
    modelDataUri: latest.output("model_artifact_uri"),
    roleArn: context.executionRoleArn,
  });

const runPrefix = (model: string, { dataBucket }: ModelContext, name: string) =>
  s3Uri(`s3://${dataBucket}/${model}/inference`, executionId, name);

/** Runs before the transform and fails on any violation: that failure is what starts retraining. */
const monitorStep = (
  model: string,
  context: ModelContext,
  input: Parameter<string>,
  latest: LatestApprovedModelStep,
): QualityCheckStep =>
  new QualityCheckStep("Mammo-Inference-monitoring", {
    ...monitorJob(context),
    datasetUri: input,
    outputUri: runPrefix(model, context, "monitoring"),
    skipCheck: false,
    failOnViolation: true,
    registerNewBaseline: false,
    suppliedBaseline: {
      statistics: latest.output("s3_baseline_uri_statistics"),
      constraints: latest.output("s3_baseline_uri_constraints"),
    },
  });

const transformStep = (
  model: string,
  context: ModelContext,
  input: Parameter<string>,
  { create, monitor }: { readonly create: ModelStep; readonly monitor: QualityCheckStep },
): TransformStep =>
  new TransformStep("Mammo-Inference-transform", {
    modelName: create.modelName,
    instanceType: transformInstanceType,
    instanceCount: 1,
    inputUri: input,
    outputUri: runPrefix(model, context, "predictions"),
    contentType: "text/csv",
    kmsKeyArn: context.kmsKeyArn,
    volumeKeyArn: context.volumeKeyArn,
    dependsOn: [monitor],
  });
