import { createHash } from "node:crypto";
import {
  ListPipelineExecutionsCommand,
  StartPipelineExecutionCommand,
  type PipelineExecutionSummary,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";

/**
 * Starts a pipeline, unless an execution of it runs, or has started since `moment`. The request's token is that of the
 * newest execution, so that of several calls at once, and of calls that do not see each other's execution yet, all
 * start the same one.
 * @returns what was done, in a few words
 */
export async function startUnlessAnswered(
  client: SageMakerClient,
  PipelineName: string,
  moment: Date,
): Promise<string> {
  const executions = await newestExecutions(client, PipelineName);
  const running = executions.find(({ PipelineExecutionStatus: status = "" }) =>
    ["Executing", "Stopping"].includes(status),
  );
  if (running) return `No training, for ${nameOf(running)} runs`;
  const [newest] = executions;
  if (newest?.StartTime && newest.StartTime >= moment) return `No training, for ${nameOf(newest)} ran since`;
  const ClientRequestToken = tokenAfter(PipelineName, newest?.PipelineExecutionArn);
  const started = await client.send(new StartPipelineExecutionCommand({ PipelineName, ClientRequestToken }));
  return `Training ${nameOf(started)}`;
}

/** At most a page of them; the newest first. */
async function newestExecutions(
  client: SageMakerClient,
  PipelineName: string,
): Promise<readonly PipelineExecutionSummary[]> {
  const { PipelineExecutionSummaries = [] } = await client.send(
    new ListPipelineExecutionsCommand({
      PipelineName,
      SortBy: "CreationTime",
      SortOrder: "Descending",
      MaxResults: 100,
    }),
  );
  return PipelineExecutionSummaries;
}

const nameOf = ({
  PipelineExecutionArn = "",
}: {
  readonly PipelineExecutionArn?: string | undefined;
}): string => PipelineExecutionArn;

/** 32 to 128 characters. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StartPipelineExecution.html */
const tokenAfter = (pipeline: string, newest = "none"): string =>
  createHash("sha256").update(`${pipeline} after ${newest}`).digest("hex");
