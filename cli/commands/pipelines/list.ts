import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { listExecutions } from "../../../operate/executions";
import { listPipelines } from "../../../operate/pipelines";
import { documented, type AddCommand, type Answer } from "../../command";
import { findWorkload } from "../../estate/find";
import { sagemakerOf } from "../../pipelines/account";
import { paintStatus, type Paint } from "../../pipelines/describe-execution";
import { givenName } from "../../pipelines/execution-view";
import { findPipeline, knownPipelines } from "../../pipelines/pipeline";
import { positiveInteger } from "../../options";
import { tableOf } from "../../table";
import { timeOf } from "../../format";

interface Options {
  readonly limit: number;
}

export const addList: AddCommand = (parent, act) => {
  documented(parent, "list", {
    summary: "List the pipelines of an account, or the executions of one",
    examples: ["pipelines list dev", "pipelines list prod inference --limit 5"],
  })
    .argument("<env>", "environment")
    .argument("[pipeline]", "name, or short form such as train")
    .option("--limit <count>", "how many executions at most, newest first", positiveInteger, 20)
    .action(
      act(async (context, env: string, pipeline: string | undefined, { limit }: Options) => {
        const workload = findWorkload(context.estate, env);
        const sagemaker = await sagemakerOf(context, workload);
        if (pipeline === undefined)
          return pipelines(sagemaker, shortForms(knownPipelines(context.estate, workload)));
        const { name } = await findPipeline(context.estate, workload, sagemaker, pipeline);
        return executions(sagemaker, name, limit, context.out.paint);
      }),
    );
};

const shortForms = (known: ReturnType<typeof knownPipelines>): ReadonlyMap<string, string> =>
  new Map(known.map(({ full, short }) => [full, short[0] ?? ""]));

async function pipelines(sagemaker: SageMakerClient, short: ReadonlyMap<string, string>): Promise<Answer> {
  const json = (await listPipelines(sagemaker)).map((pipeline) => ({
    name: pipeline.PipelineName ?? "",
    shortForm: short.get(pipeline.PipelineName ?? ""),
    arn: pipeline.PipelineArn,
    lastModifiedAt: pipeline.LastModifiedTime,
    lastExecutionAt: pipeline.LastExecutionTime,
  }));
  if (json.length === 0) return { json, text: "No pipeline is deployed there" };
  const rows = json.map(({ name, shortForm = "", lastModifiedAt, lastExecutionAt }) => [
    name,
    shortForm,
    timeOf(lastModifiedAt),
    timeOf(lastExecutionAt),
  ]);
  return { json, text: tableOf([["PIPELINE", "SHORT", "DEPLOYED", "LAST EXECUTION"], ...rows]).join("\n") };
}

async function executions(
  sagemaker: SageMakerClient,
  pipeline: string,
  limit: number,
  paint: Paint,
): Promise<Answer> {
  const json = (await listExecutions(sagemaker, pipeline, limit)).map((execution) => ({
    id: execution.PipelineExecutionArn?.split("/").at(-1) ?? "",
    executionArn: execution.PipelineExecutionArn,
    name: execution.PipelineExecutionDisplayName,
    status: execution.PipelineExecutionStatus ?? "",
    startedAt: execution.StartTime,
    failureReason: execution.PipelineExecutionFailureReason,
  }));
  if (json.length === 0) return { json, text: `${pipeline} has no execution yet` };
  const rows = json.map(({ id, status, startedAt, name, failureReason }) => [
    id,
    { text: status, paint: paintStatus(status, paint) },
    timeOf(startedAt),
    failureReason ?? givenName(name) ?? "",
  ]);
  return { json, text: tableOf([["EXECUTION", "STATUS", "STARTED", "NAME OR REASON"], ...rows]).join("\n") };
}
