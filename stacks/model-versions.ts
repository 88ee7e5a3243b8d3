import type { Estate, RegistryEnvironment, WorkloadEnvironment } from "../config/schema";
import { keyAliasArn } from "../core/arns";
import {
  artifactPrefixes,
  formerPrefixes,
  type AcceptedVersions,
  type SealingPlaces,
} from "../core/artifacts";
import { buildPipelines, type ModelDefinition } from "../pipelines/model";
import { modelContext } from "./model-context";
import { pipelinesIn } from "./model-pipelines";
import {
  accountRegionOf,
  namesOfRegistry,
  namesOfWorkload,
  registryOf,
  settingsOf,
  upstreamOf,
  usersOf,
} from "./topology";

/** What versions of a model consist of that an environment runs: its own, and those of environments that promote to it. */
export function acceptedVersions(
  estate: Estate,
  workload: WorkloadEnvironment,
  model: ModelDefinition,
): AcceptedVersions {
  const bucket = artifactsUri(estate, workload);
  const origins = [workload, ...upstreamOf(estate, workload)].map(({ name }) => name);
  return {
    images: imagesOf(estate, workload, model),
    bucket,
    model: model.name,
    versions: origins.map((origin) => bucket + artifactPrefixes(origin, model.name).versions),
    former: formerPrefixes(model.name).map((prefix) => bucket + prefix),
  };
}

/** The environment that a version was registered from, by where its artifact lies. */
export const trainerOf = (
  estate: Estate,
  registry: RegistryEnvironment,
  models: readonly ModelDefinition[],
  modelData: string,
): WorkloadEnvironment | undefined =>
  usersOf(estate, registry).find((workload) =>
    models.some(({ name }) =>
      modelData.startsWith(artifactsUri(estate, workload) + artifactPrefixes(workload.name, name).versions),
    ),
  );

/** Between which places a model's files are copied when a version of it is registered from an environment. */
export function sealingPlaces(
  estate: Estate,
  workload: WorkloadEnvironment,
  model: ModelDefinition,
): SealingPlaces {
  const bucket = artifactsUri(estate, workload);
  const { runs, versions } = artifactPrefixes(workload.name, model.name);
  const key = keyAliasArn(accountRegionOf(workload), namesOfWorkload(estate, workload).keyAlias);
  return { runs: bucket + runs, versions: bucket + versions, key };
}

const artifactsUri = (estate: Estate, workload: WorkloadEnvironment): string =>
  `s3://${namesOfRegistry(estate, registryOf(estate, workload)).artifactsBucket}/`;

/** Of all its pipelines, those that do not run here too: what is registered elsewhere is used here. */
function imagesOf(estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): string[] {
  const pipelines =
    settingsOf(workload, model).pipelines === undefined
      ? pipelinesIn(estate, workload, model)
      : buildPipelines(model, modelContext(estate, workload, model));
  return [...new Set(Object.values(pipelines).flatMap((pipeline) => pipeline.registeredImages()))];
}
