import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parameterValues } from "./definition/parameters";
import { DefinitionError, parseDefinition } from "./definition/parse";
import { StepCache } from "./execution/cache";
import { Callbacks } from "./execution/callbacks";
import { ExecutionRun, type ExecutionEnd } from "./execution/execution-run";
import { RoleSessions } from "./execution/role-sessions";
import { executionIdOf } from "../../core/execution-id";
import { propertyFilesOf } from "./execution/scope";
import { SupersededError, type ControlPlane, type StartedExecution } from "./control-plane";
import { refuseUnsupported } from "./steps/refuse";

export interface WorkerSettings {
  readonly controlPlane: ControlPlane;
  readonly python: string;
  /** Gets a folder of step logs for each execution, named after its id. */
  readonly logs: string;
  /** Holds the files of jobs under way. */
  readonly scratch: string;
  /** Gets a line when an execution begins or ends. */
  readonly report: (line: string) => void;
  /** Called once it takes work. */
  readonly ready?: () => void;
}

const pollMilliseconds = 200;
/** So many polls in a row without an answer mean that local AWS is gone. */
const patientPolls = 10;

/** Runs every execution that anybody starts, as SageMaker does, until it has to end. */
export class Worker {
  private readonly stops = new Map<string, AbortController>();
  private readonly ending = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private readonly callbacks = new Callbacks();
  private readonly cache = new StepCache();

  constructor(private readonly settings: WorkerSettings) {}

  /**
   * Works until the signal, then stops what is running and records it as stopped.
   * @throws SupersededError when another worker has taken over, and Error when local AWS is gone
   */
  async work(signal: AbortSignal): Promise<void> {
    const { controlPlane, scratch } = this.settings;
    await rm(scratch, { recursive: true, force: true });
    await controlPlane.register();
    this.settings.ready?.();
    try {
      for (let unanswered = 0; !signal.aborted;) {
        unanswered = (await this.isAnswered()) ? 0 : unanswered + 1;
        if (unanswered > patientPolls) throw new Error("Local AWS is gone");
        await sleep(pollMilliseconds, undefined, { signal }).catch(() => undefined);
      }
    } finally {
      this.ending.abort();
      await Promise.allSettled(this.running);
    }
  }

  /** Takes work; false where no answer came. */
  private async isAnswered(): Promise<boolean> {
    try {
      await this.takeWork();
      return true;
    } catch (error) {
      if (error instanceof SupersededError) throw error;
      return false;
    }
  }

  private async takeWork(): Promise<void> {
    const { executions, stopping, callbacks } = await this.settings.controlPlane.takeWork();
    stopping.forEach((arn) => this.stops.get(arn)?.abort());
    callbacks.forEach((answer) => {
      this.callbacks.answer(answer);
    });
    executions.forEach((execution) => {
      const run = this.runAndRecord(execution)
        .catch((error: unknown) => {
          this.settings.report(
            `${execution.executionArn} could not be recorded: ${(error as Error).message}`,
          );
        })
        .finally(() => this.running.delete(run));
      this.running.add(run);
    });
  }

  private async runAndRecord(execution: StartedExecution): Promise<void> {
    const { controlPlane, report } = this.settings;
    const stop = new AbortController();
    this.stops.set(execution.executionArn, stop);
    report(`${execution.executionArn} begins`);
    const { status, failureReason } = await this.run(execution, stop.signal).catch(asEnd);
    this.stops.delete(execution.executionArn);
    await controlPlane.recordExecution(execution.executionArn, status, failureReason);
    report(`${execution.executionArn} ${status}${failureReason ? `: ${failureReason}` : ""}`);
  }

  private async run(execution: StartedExecution, stopped: AbortSignal): Promise<ExecutionEnd> {
    const { controlPlane, python, logs, scratch } = this.settings;
    const definition = parseDefinition(execution.definition);
    const parameters = parameterValues(definition.parameters, execution.parameters);
    await refuseUnsupported(definition, parameters, controlPlane);
    const executionId = executionIdOf(execution.executionArn);
    const run = new ExecutionRun(
      definition,
      {
        execution,
        executionId,
        parameters,
        propertyFiles: propertyFilesOf(definition),
        sessions: new RoleSessions(controlPlane, execution),
        controlPlane,
        cache: this.cache,
        callbacks: this.callbacks,
        scratch: join(scratch, executionId),
        logs: join(logs, executionId),
        python,
      },
      { stopped, ending: this.ending.signal },
    );
    return run.run();
  }
}

/** An execution that could not be run at all. */
function asEnd(error: unknown): ExecutionEnd {
  const { message } = error as Error;
  return {
    status: "Failed",
    failureReason: error instanceof DefinitionError ? message : `Runner: ${message}`,
  };
}
