import { declaredParameters } from "../../../operate/definition";
import { startExecution, type Parameters } from "../../../operate/executions";
import { pipelineDefinition } from "../../../operate/pipelines";
import { documented, type AddCommand } from "../../command";
import { findWorkload } from "../../estate/find";
import { listenForInterrupt } from "../../../tools/interrupt";
import { sagemakerOf } from "../../pipelines/account";
import { describeExecution } from "../../pipelines/describe-execution";
import { checkParameters, collectParameter, displayName } from "../../pipelines/parameters";
import { findPipeline } from "../../pipelines/pipeline";
import { runToEnd } from "../../pipelines/run-to-end";

interface Options {
  readonly param?: Parameters;
  readonly name?: string;
  readonly wait: boolean;
}

export const addStart: AddCommand = (parent, act) => {
  documented(parent, "start", {
    summary: "Start a pipeline and follow its execution",
    details:
      "Ctrl-C stops the execution and waits until it has stopped; a second Ctrl-C leaves at once. " +
      "Exits with 1 if the execution does not succeed.",
    examples: [
      "pipelines start dev train",
      "pipelines start prod inference --param transform_input=s3://bucket/batch.csv",
      "pipelines start dev train --param AucScoreThreshold=0.8 --name try-1 --no-wait",
    ],
  })
    .argument("<env>", "environment")
    .argument("<pipeline>", "name, or short form such as train")
    .option("--param <name=value>", "value of a parameter; may be repeated", collectParameter)
    .option("--name <name>", "display name of the execution", displayName)
    .option("--no-wait", "print the execution's ARN and leave")
    .action(
      act(async (context, env: string, pipeline: string, { param = {}, name, wait }: Options) => {
        const environment = findWorkload(context.estate, env);
        const sagemaker = await sagemakerOf(context, environment);
        const found = await findPipeline(context.estate, environment, sagemaker, pipeline);
        checkParameters(param, declaredParameters(await pipelineDefinition(sagemaker, found.name)));
        const signal = wait ? listenForInterrupt().signal : undefined;
        const arn = await startExecution(sagemaker, { pipeline: found.name, parameters: param, name });
        if (!signal) return { json: { executionArn: arn }, text: arn };
        context.err.print(`Started ${arn}`);
        const { view, code } = await runToEnd(context, { arn, environment, sagemaker }, signal);
        return { json: view, text: describeExecution(view, context.out.paint), code };
      }),
    );
};
