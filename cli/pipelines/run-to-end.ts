import { describeExecution, hasEnded, stopExecution } from "../../operate/executions";
import type { Context } from "../context";
import { exitCodes } from "../errors";
import type { ExecutionView } from "./execution-view";
import type { FoundExecution } from "./find-execution";
import { Follower } from "./follow";

/** How an execution ended, and the exit code that says so. */
export interface End {
  readonly view: ExecutionView;
  readonly code: number;
}

/** Follows an execution to its end; once the signal aborts, stops it and waits until it has stopped. */
export async function runToEnd(context: Context, found: FoundExecution, signal: AbortSignal): Promise<End> {
  const follower = await Follower.of(context, found);
  try {
    const view = await follower.toEnd(signal);
    return { view, code: view.status === "Succeeded" ? exitCodes.done : exitCodes.failed };
  } catch (error) {
    if (!signal.aborted) {
      context.err.print(
        `Lost sight of the execution, which may go on: mlops pipelines show ${found.arn} --follow`,
      );
      throw error;
    }
  }
  context.err.print("Interrupted: stopping the execution. Ctrl-C again leaves it to stop by itself");
  await stopUnlessEnded(found);
  return { view: await follower.toEnd(), code: exitCodes.interrupted };
}

/**
 * Asks for an execution to be stopped.
 * @returns whether there was anything to stop
 */
export async function stopUnlessEnded({ sagemaker, arn }: FoundExecution): Promise<boolean> {
  const ended = async () => hasEnded((await describeExecution(sagemaker, arn)).PipelineExecutionStatus);
  if (await ended()) return false;
  try {
    await stopExecution(sagemaker, arn);
    return true;
  } catch (error) {
    if (await ended()) return false;
    throw error;
  }
}
