import { jobStatements, keyStatements, readStatements, writeStatements } from "../../permissions";
import type { IamStatement, PermissionScope } from "../../permissions";
import type { Json } from "../../values";
import { itemsOf, valueAt, type RenderedStep } from "../json";
import type { DerivedKind } from "../kind";
import type { JobMachines } from "../machines";
import { conditionOfJob, keyOf, knownImageStatements } from "./job";

/** A script in a container on its own machines. */
export const processing: DerivedKind = {
  permissions: (step, scope) => processingStatements(step, scope),
  machines: (step) => processingMachines(step),
};

/** What a processing job takes, and reading what else its step is given. */
export function processingStatements(
  { Arguments }: RenderedStep,
  scope: PermissionScope,
  alsoRead: readonly (Json | undefined)[] = [],
): IamStatement[] {
  const key = keyOf(
    "ProcessingOutputConfig.KmsKeyId",
    valueAt(Arguments, "ProcessingOutputConfig", "KmsKeyId"),
  );
  return [
    ...jobStatements(
      scope,
      "Processing",
      conditionOfJob(key, valueAt(Arguments, "NetworkConfig"), clusterOf(Arguments)),
    ),
    ...knownImageStatements(valueAt(Arguments, "AppSpecification", "ImageUri")),
    ...keyStatements(key),
    ...[...inputUris(Arguments), ...alsoRead].flatMap((uri) => readStatements(scope, uri)),
    ...outputUris(Arguments).flatMap((uri) => writeStatements(scope, uri)),
  ];
}

export function processingMachines({ Arguments }: RenderedStep): JobMachines {
  const cluster = clusterOf(Arguments);
  return {
    use: "processing job",
    instanceType: valueAt(cluster, "InstanceType"),
    instanceCount: valueAt(cluster, "InstanceCount"),
  };
}

const clusterOf = (job: Json) => valueAt(job, "ProcessingResources", "ClusterConfig");

export const outputUris = (job: Json): (Json | undefined)[] =>
  itemsOf(valueAt(job, "ProcessingOutputConfig", "Outputs")).map((output) =>
    valueAt(output, "S3Output", "S3Uri"),
  );

const inputUris = (job: Json): (Json | undefined)[] =>
  itemsOf(valueAt(job, "ProcessingInputs")).map((input) => valueAt(input, "S3Input", "S3Uri"));
