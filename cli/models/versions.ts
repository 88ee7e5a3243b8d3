import { SageMakerClient, type ModelPackageSummary } from "@aws-sdk/client-sagemaker";
import { listVersions } from "../../operate/model-packages";
import { modelPackageGroupArn } from "../../core/arns";
import type { RegistryEnvironment } from "../../config/schema";
import { accountRegionOf, principalsOf } from "../../stacks/topology";
import type { Context } from "../context";
import { UsageError } from "../errors";
import { findEnvironment, findModel, findRegistry } from "../estate/find";

/** A model in its registry. */
export interface RegisteredModel {
  readonly name: string;
  readonly group: string;
  /** In the registry's account. */
  readonly sagemaker: SageMakerClient;
  /** Newest first. */
  readonly versions: readonly Version[];
}

/** A version of a model, as `--json` has it. */
export interface Version {
  readonly version: number;
  readonly modelPackageArn: string;
  readonly approval: string;
  readonly status: string;
  readonly createdAt: Date | undefined;
  readonly description: string | undefined;
}

/**
 * Finds a model in the registry of an environment.
 * @param to what is to be done with its versions
 * @throws UsageError where the environment or the model is none
 */
export async function findRegisteredModel(
  context: Context,
  environment: string,
  name: string,
  to: "read" | "decide" = "read",
): Promise<RegisteredModel> {
  const registry = findRegistry(context.estate, environment);
  const model = findModel(name);
  const sagemaker = new SageMakerClient(await accessRegistry(context, { environment, registry, to }));
  const group = model.modelPackageGroup;
  const summaries = await listVersions(sagemaker, modelPackageGroupArn(accountRegionOf(registry), group));
  return { name, group, sagemaker, versions: summaries.map(asVersion) };
}

/** Asks the registry of an environment for versions. */
export async function registryReader(context: Context, environment: string): Promise<SageMakerClient> {
  const registry = findRegistry(context.estate, environment);
  return new SageMakerClient(await accessRegistry(context, { environment, registry, to: "read" }));
}

interface RegistryAccess {
  readonly environment: string;
  readonly registry: RegistryEnvironment;
  readonly to: "read" | "decide";
}

/** Scientists read versions from the account that they work in, in the same region, whose role the package group lets in. */
function accessRegistry(context: Context, { environment, registry, to }: RegistryAccess) {
  if (to === "decide") return context.access(registry, "approver");
  const from = findEnvironment(context.estate, environment);
  const asScientist = context.role === undefined && principalsOf(from, "scientist").length > 0;
  return asScientist ? context.access(from, "scientist") : context.access(registry, "approver", "auditor");
}

const asVersion = (summary: ModelPackageSummary): Version => ({
  version: summary.ModelPackageVersion ?? 0,
  modelPackageArn: summary.ModelPackageArn ?? "",
  approval: summary.ModelApprovalStatus ?? "",
  status: summary.ModelPackageStatus ?? "",
  createdAt: summary.CreationTime,
  description: summary.ModelPackageDescription,
});

/**
 * The version with a number, or the newest that will do.
 * @param given what the user typed, if anything
 * @throws UsageError where there is none, with those there are
 */
export function chooseVersion(
  { name, versions }: RegisteredModel,
  given: string | undefined,
  { where, words }: { readonly where: (version: Version) => boolean; readonly words: string },
): Version {
  const chosen =
    given === undefined ? versions.find(where) : versions.find(({ version }) => String(version) === given);
  if (chosen) return chosen;
  const known = versions.map(({ version, approval }) => `${version} (${approval})`).join(", ") || "none";
  throw new UsageError(
    given === undefined
      ? `Model ${name} has no ${words}; there is: ${known}`
      : `Model ${name} has no version ${given}; there is: ${known}`,
  );
}
