import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { listPipelines, pipelineDefinition } from "../../../operate/pipelines";
import type { Json } from "../../../pipelines/definition/values";
import { differenceOf, isSame, type DefinitionDifference } from "./definitions";
import { withoutKeyId } from "./key";

/** A pipeline, and the definition that the code makes of it; undefined where it makes none. */
export interface MadePipeline {
  readonly name: string;
  readonly definition: string | undefined;
}

/** What became of one pipeline's comparison. */
export interface ComparedPipeline extends DefinitionDifference {
  readonly pipeline: string;
  readonly state: "same" | "different" | "not deployed" | "not in the code";
}

const nothing: DefinitionDifference = { definition: [], steps: [] };

/** Compares pipelines with what an account has of them. */
export async function compareWithDeployed(
  sagemaker: SageMakerClient,
  pipelines: readonly MadePipeline[],
): Promise<ComparedPipeline[]> {
  const deployed = new Set((await listPipelines(sagemaker)).map(({ PipelineName }) => PipelineName));
  return Promise.all(
    pipelines.map(async ({ name, definition }): Promise<ComparedPipeline> => {
      if (definition === undefined) return { pipeline: name, state: "not in the code", ...nothing };
      if (!deployed.has(name)) return { pipeline: name, state: "not deployed", ...nothing };
      const there = withoutKeyId(await pipelineDefinition(sagemaker, name), definition);
      const difference = differenceOf(JSON.parse(there) as Json, JSON.parse(definition) as Json);
      return { pipeline: name, state: isSame(difference) ? "same" : "different", ...difference };
    }),
  );
}
