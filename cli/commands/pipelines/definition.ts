import { executionDefinition } from "../../../operate/executions";
import { pipelineDefinition } from "../../../operate/pipelines";
import { documented, type AddCommand } from "../../command";
import { findWorkload } from "../../estate/find";
import { sagemakerOf } from "../../pipelines/account";
import { findPipeline } from "../../pipelines/pipeline";

export const addDefinition: AddCommand = (parent, act) => {
  documented(parent, "definition", {
    summary: "Print the deployed definition of a pipeline",
    details: "It is what SageMaker has, not what the source would make now.",
    examples: [
      "pipelines definition dev train",
      "pipelines definition prod inference --execution k3x9f0a2b1c4",
    ],
  })
    .argument("<env>", "environment")
    .argument("<pipeline>", "name, or short form such as train")
    .option("--execution <id>", "the definition that this execution was started with")
    .action(
      act(async (context, env: string, pipeline: string, { execution }: { readonly execution?: string }) => {
        const workload = findWorkload(context.estate, env);
        const sagemaker = await sagemakerOf(context, workload);
        const { name, arn } = await findPipeline(context.estate, workload, sagemaker, pipeline);
        const text = await (execution === undefined
          ? pipelineDefinition(sagemaker, name)
          : executionDefinition(sagemaker, `${arn}/execution/${execution}`));
        const json = JSON.parse(text) as unknown;
        return { json, text: JSON.stringify(json, undefined, 2) };
      }),
    );
};
