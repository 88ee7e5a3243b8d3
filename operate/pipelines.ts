import {
  DescribePipelineCommand,
  paginateListPipelines,
  type PipelineSummary,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { collect } from "./pages";

/** The pipelines of an account, by name. */
export const listPipelines = (sagemaker: SageMakerClient): Promise<PipelineSummary[]> =>
  collect(
    paginateListPipelines({ client: sagemaker }, { SortBy: "Name", SortOrder: "Ascending" }),
    ({ PipelineSummaries }) => PipelineSummaries,
  );

/** Text of the definition that is deployed. */
export async function pipelineDefinition(sagemaker: SageMakerClient, pipeline: string): Promise<string> {
  const { PipelineDefinition = "" } = await sagemaker.send(
    new DescribePipelineCommand({ PipelineName: pipeline }),
  );
  return PipelineDefinition;
}
