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
import { SupersededError, type ControlPlane, type StandingJob, type StartedExecution } from "./control-plane";
import { runStandingJob } from "./jobs/standing-job";
import { refuseUnsupported } from "./steps/refuse";

export interface WorkerSettings {
  readonly controlPlane: ControlPlane;
  readonly python: string;
  /** Gets a folder of step logs for each execution, named after its id, and one of all other jobs. */
  readonly logs: string;
  /** Holds the files of jobs under way. */
  readonly scratch: string;
  /** Gets a line when an execution or a job begins or ends. */
  readonly report: (line: string) => void;
  /** Called once it takes work. */
  readonly ready?: () => void;
}

const pollMilliseconds = 200;
/** So many polls in a row without an answer mean that local AWS is gone. */
const patientPolls = 10;

/** Runs every execution and job that anybody starts, as SageMaker does, until it has to end. */
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
        unanswered = (await this.isAnswered(signal)) ? 0 : unanswered + 1;
        if (unanswered > patientPolls) throw new Error("Local AWS is gone");
        await sleep(pollMilliseconds, undefined, { signal }).catch(() => undefined);
      }
    } finally {
      this.ending.abort();
      await Promise.allSettled(this.running);
    }
  }

  /** Waits for work and takes it; false where no answer came. */
  private async isAnswered(signal: AbortSignal): Promise<boolean> {
    try {
      await this.settings.controlPlane.awaitWork(signal);
      await this.takeWork();
      return true;
    } catch (error) {
      if (error instanceof SupersededError) throw error;
      return false;
    }
  }

  private async takeWork(): Promise<void> {
    const { executions, jobs, stopping, stoppingJobs, callbacks } =
      await this.settings.controlPlane.takeWork();
    [...stopping, ...stoppingJobs].forEach((arn) => this.stops.get(arn)?.abort());
    callbacks.forEach((answer) => {
      this.callbacks.answer(answer);
    });
    executions.forEach((execution) => {
      this.keep(execution.executionArn, (stopped) => this.runAndRecord(execution, stopped));
    });
    jobs.forEach((job) => {
      this.keep(job.arn, (stopped) => this.runJob(job, stopped));
    });
  }

  /** Runs something that may be stopped, and says when it begins and ends. */
  private keep(arn: string, work: (stopped: AbortSignal) => Promise<End>): void {
    const { report } = this.settings;
    const stop = new AbortController();
    this.stops.set(arn, stop);
    report(`${arn} begins`);
    const run = work(stop.signal)
      .then(
        ({ status, failureReason }) => {
          report(`${arn} ${status}${failureReason ? `: ${failureReason}` : ""}`);
        },
        (error: unknown) => {
          report(`${arn} could not be recorded: ${(error as Error).message}`);
        },
      )
      .finally(() => {
        this.stops.delete(arn);
        this.running.delete(run);
      });
    this.running.add(run);
  }

  private async runAndRecord(execution: StartedExecution, stopped: AbortSignal): Promise<ExecutionEnd> {
    const end = await this.run(execution, stopped).catch(asEnd);
    await this.settings.controlPlane.recordExecution(execution.executionArn, end.status, end.failureReason);
    return end;
  }

  private runJob(job: StandingJob, stopped: AbortSignal): Promise<End> {
    const { controlPlane, python, logs, scratch } = this.settings;
    const place = { logs: join(logs, "jobs"), scratch: join(scratch, "jobs") };
    const signal = AbortSignal.any([stopped, this.ending.signal]);
    return runStandingJob(job, { controlPlane, python, ...place }, signal);
  }

  private async run(execution: StartedExecution, stopped: AbortSignal): Promise<ExecutionEnd> {
    const { controlPlane, python, logs, scratch } = this.settings;
    const definition = parseDefinition(execution.definition);
    const parameters = parameterValues(definition.parameters, execution.parameters);
    await refuseUnsupported(definition, parameters, controlPlane, execution.selectedSteps);
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

interface End {
  readonly status: string;
  readonly failureReason?: string;
}

/** An execution that could not be run at all. */
function asEnd(error: unknown): ExecutionEnd {
  const { message } = error as Error;
  return {
    status: "Failed",
    failureReason: error instanceof DefinitionError ? message : `Runner: ${message}`,
  };
}
