import { jobStatements, keyStatements, readStatements, writeStatements } from "../../permissions";
import type { IamStatement, PermissionScope } from "../../permissions";
import type { Json } from "../../values";
import { itemsOf, textOf, valueAt, type RenderedStep } from "../json";
import type { DerivedKind } from "../kind";
import type { JobMachines } from "../machines";
import { pulls, reads, valuesOf, writes, type Use } from "../uses";
import { conditionOfJob, keyOf, knownImageStatements } from "./job";

/** A script in a container on its own machines. */
export const processing: DerivedKind = {
  permissions: (step, scope) => processingStatements(step, scope),
  uses: processingUses,
  machines: (step) => processingMachines(step),
};

/** What a processing job takes. @param uses what its step reaches @default what the job does */
export function processingStatements(
  step: RenderedStep,
  scope: PermissionScope,
  uses: readonly Use[] = processingUses(step),
): IamStatement[] {
  const { Arguments } = step;
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
    ...valuesOf(uses, "pull").flatMap((image) => knownImageStatements(scope, image)),
    ...keyStatements(key),
    ...valuesOf(uses, "read").flatMap((uri) => readStatements(scope, uri)),
    ...valuesOf(uses, "write").flatMap((uri) => writeStatements(scope, uri)),
  ];
}

/** What a processing job reaches. */
export function processingUses({ Arguments: job }: RenderedStep): Use[] {
  const name = (of: Json, key: string) => textOf(valueAt(of, key)) ?? "";
  return [
    pulls(job, ["AppSpecification", "ImageUri"]),
    ...itemsOf(valueAt(job, "ProcessingInputs")).map((input) =>
      reads(input, ["S3Input", "S3Uri"], `ProcessingInputs[${name(input, "InputName")}].`),
    ),
    ...itemsOf(valueAt(job, "ProcessingOutputConfig", "Outputs")).map((output) =>
      writes(output, ["S3Output", "S3Uri"], `ProcessingOutputConfig[${name(output, "OutputName")}].`),
    ),
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
