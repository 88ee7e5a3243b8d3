import { declaredSteps } from "../../operate/definition";
import {
  describeExecution,
  executionDefinition,
  executionParameters,
  lookAtExecution,
  waitForExecution,
  type Look,
} from "../../operate/executions";
import type { Context } from "../context";
import { viewOf, type ExecutionFacts, type ExecutionView } from "./execution-view";
import type { FoundExecution } from "./find-execution";
import { progressOn, type Progress } from "./progress";
import type { LogLine, LogTail } from "./step-logs";

const pollMilliseconds = { local: 250, aws: 5_000 };

/** What does not change about an execution. */
async function factsOf({ arn, environment, sagemaker }: FoundExecution): Promise<ExecutionFacts> {
  const { PipelineArn = "" } = await describeExecution(sagemaker, arn);
  const [definition, parameters] = await Promise.all([
    executionDefinition(sagemaker, arn),
    executionParameters(sagemaker, arn),
  ]);
  return {
    executionArn: arn,
    pipeline: PipelineArn.slice(PipelineArn.lastIndexOf("/") + 1),
    environment: environment.name,
    account: environment.account,
    parameters,
    declared: declaredSteps(definition),
  };
}

/** An execution as it is now. */
export async function viewExecution(found: FoundExecution): Promise<ExecutionView> {
  return viewOf(await factsOf(found), await lookAtExecution(found.sagemaker, found.arn), new Date());
}

/** Shows how an execution goes. */
export class Follower {
  private constructor(
    private readonly found: FoundExecution,
    private readonly facts: ExecutionFacts,
    private readonly progress: Progress,
    private readonly pollMilliseconds: number,
    private readonly logs: LogTail | undefined,
  ) {}

  /** @param logs to show meanwhile */
  static async of(context: Context, found: FoundExecution, logs?: LogTail): Promise<Follower> {
    const poll = (await context.isLocal()) ? pollMilliseconds.local : pollMilliseconds.aws;
    return new Follower(found, await factsOf(found), progressOn(context.err), poll, logs);
  }

  /**
   * Follows until the execution has ended.
   * @throws the signal's reason once it aborts
   */
  async toEnd(signal?: AbortSignal): Promise<ExecutionView> {
    const { found, facts, progress, logs, pollMilliseconds } = this;
    const onLook = async (look: Look) => {
      this.passOn((await logs?.lines()) ?? []);
      progress.show(viewOf(facts, look, new Date()));
    };
    try {
      const wait = { pollMilliseconds, signal, onLook };
      const last = await waitForExecution(found.sagemaker, found.arn, wait);
      this.passOn(logs?.rest() ?? []);
      return viewOf(facts, last, new Date());
    } finally {
      progress.end();
    }
  }

  private passOn(lines: readonly LogLine[]): void {
    for (const { step, line } of lines) this.progress.note(`${step} | ${line}`);
  }
}
