import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { WorkloadEnvironment } from "../../../config/schema";
import { pipelinesIn } from "../../../stacks/model-pipelines";
import { documented, type AddCommand } from "../../command";
import type { Context } from "../../context";
import { exitCodes } from "../../errors";
import { findWorkload, modelsOf } from "../../estate/find";
import { sagemakerOf } from "../../pipelines/account";
import { compareWithDeployed, type MadePipeline } from "../../pipelines/diff/compare";
import { describeCompared } from "../../pipelines/diff/describe";
import { findPipeline } from "../../pipelines/pipeline";

export const addDiff: AddCommand = (parent, act) => {
  documented(parent, "diff", {
    summary: "Compare what is deployed of a pipeline, or of a model's, with what the code makes",
    details:
      "Step by step: what the code adds, removes and changes, each field with its path, what is deployed and what the code " +
      "has. Exits with 0 where nothing differs, and with 3 where something does, or is not deployed. Which key is behind " +
      "the account's alias only AWS knows: the key that a definition names counts as that one.",
    examples: ["pipelines diff dev train", "pipelines diff prod mammo-severity --json"],
  })
    .argument("<env>", "environment")
    .argument("<pipeline>", "name, or short form such as train; or a model, for all of its pipelines")
    .action(
      act(async (context, env: string, given: string) => {
        const workload = findWorkload(context.estate, env);
        const sagemaker = await sagemakerOf(context, workload);
        const made = await pipelinesMeant(context, workload, sagemaker, given);
        const compared = await compareWithDeployed(sagemaker, made);
        const lines = compared.map((pipeline) => describeCompared(pipeline, context.out).join("\n"));
        return {
          json: { environment: env, pipelines: compared },
          text: lines.join("\n"),
          code: compared.every(({ state }) => state === "same") ? exitCodes.done : exitCodes.pending,
        };
      }),
    );
};

/** @throws UsageError where there is no such pipeline or model */
async function pipelinesMeant(
  { estate }: Context,
  workload: WorkloadEnvironment,
  sagemaker: SageMakerClient,
  given: string,
): Promise<MadePipeline[]> {
  const ofModels = modelsOf(workload).map((model) => ({
    model: model.name,
    made: Object.values(pipelinesIn(estate, workload, model)).map((pipeline) => ({
      name: pipeline.name,
      definition: pipeline.render(),
    })),
  }));
  const ofModel = ofModels.find(({ model }) => model === given);
  if (ofModel) return ofModel.made;
  const { name } = await findPipeline(estate, workload, sagemaker, given);
  const made = ofModels.flatMap((model) => model.made).find((pipeline) => pipeline.name === name);
  return [{ name, definition: made?.definition }];
}
