import { appendFile, mkdir, rm } from "node:fs/promises";
import { resolve, type Scope } from "../definition/resolve";
import type { StepDefinition } from "../definition/schema";
import { stepKinds } from "../steps";
import { requireImages } from "../steps/image-refusal";
import type { Resolved, StepContext, StepResult } from "../steps/step";
import { cacheKey } from "./cache";
import { asFailure, isStop } from "./failure";
import { withRetries } from "./retry";
import type { RunSettings } from "./run-settings";
import { executionScope } from "./scope";
import { StepJournal } from "./step-journal";

/** Where one step works. */
export interface StepPaths {
  readonly scratch: string;
  readonly logFile: string;
}

/** A step with its references resolved. */
type Request = Pick<StepContext, "arguments" | "settings" | "scope">;

const longestReason = 1024;
const resolvedElsewhere = new Set(["Condition", "Fail"]);

/** Runs one step and records what happens to it. */
export class StepRun {
  private readonly journal: StepJournal;

  constructor(
    private readonly definition: StepDefinition,
    private readonly settings: RunSettings,
    private readonly place: StepPaths,
  ) {
    this.journal = new StepJournal(definition, settings.execution.executionArn, settings.controlPlane);
  }

  /** @throws whatever it failed of, which is recorded */
  async run(): Promise<StepResult> {
    const { signal } = this.settings;
    await appendFile(this.place.logFile, "");
    await this.journal.record({ StepStatus: "Starting" });
    const stopping = () => {
      this.journal.record({ StepStatus: "Stopping" }).catch(() => undefined);
    };
    signal.addEventListener("abort", stopping, { once: true });
    try {
      return await this.runResolved(await this.request(executionScope(this.settings)));
    } catch (error) {
      await this.recordFailure(error);
      throw error;
    } finally {
      signal.removeEventListener("abort", stopping);
    }
  }

  private async request(scope: Scope): Promise<Request> {
    const { Arguments, ...rest } = this.definition;
    const later = resolvedElsewhere.has(this.definition.Type);
    return {
      arguments: later ? Arguments : ((await resolve(Arguments, scope)) as Resolved),
      settings: (await resolve(rest, scope)) as Resolved,
      scope,
    };
  }

  private async runResolved(request: Request): Promise<StepResult> {
    const { execution, cache, signal } = this.settings;
    const key = cacheKey(execution.pipelineArn, this.definition, request);
    const hit = cache.find(key, this.definition);
    if (hit) {
      const CacheHitResult = { SourcePipelineExecutionArn: hit.executionArn };
      await this.journal.succeed(hit.result, { CacheHitResult });
      return hit.result;
    }
    const attempt = async (number: number) => {
      if (!signal.aborted) await this.journal.record({ StepStatus: "Executing", AttemptCount: number });
      return this.attempt(request);
    };
    const result = await withRetries(this.definition.RetryPolicies ?? [], attempt, signal);
    await this.journal.succeed(result);
    cache.keep(key, this.definition, execution.executionArn, result);
    return result;
  }

  private async attempt(request: Request): Promise<StepResult> {
    const { scratch } = this.place;
    await rm(scratch, { recursive: true, force: true });
    await mkdir(scratch, { recursive: true });
    const run = stepKinds[this.definition.Type];
    if (!run) throw new Error(`There is no way to run a step of kind ${this.definition.Type}`);
    requireImages(request.arguments);
    return run({ ...this.shared(), ...request, ...this.place });
  }

  private shared(): Omit<StepContext, keyof Request | keyof StepPaths> {
    const { execution, executionId, controlPlane, sessions, callbacks, python, signal } = this.settings;
    return {
      execution,
      executionId,
      definition: this.definition,
      sessionOf: (roleArn = execution.roleArn, vpc) =>
        sessions.of("sagemaker.amazonaws.com", roleArn, execution.pipelineArn, vpc?.Subnets?.[0]),
      functionSession: (roleArn, functionArn) => sessions.of("lambda.amazonaws.com", roleArn, functionArn),
      functionCode: async (functionArn) => {
        await controlPlane.requireInvocation(execution.roleArn, functionArn);
        return controlPlane.functionCode(functionArn);
      },
      finishJob: (job) => controlPlane.finishJob(job),
      tuning: controlPlane,
      showMetadata: (Metadata) =>
        this.journal.record({ StepStatus: signal.aborted ? "Stopping" : "Executing", Metadata }),
      callbacks,
      python,
      signal,
      abandoned: this.settings.abandoned,
    };
  }

  private async recordFailure(error: unknown): Promise<void> {
    const { message } = asFailure(error);
    await appendFile(this.place.logFile, `${message}\n`);
    if (isStop(error, this.settings.signal)) await this.journal.end({ StepStatus: "Stopped" });
    else {
      const FailureReason = message.slice(0, longestReason);
      await this.journal.end({ StepStatus: "Failed", ...(FailureReason && { FailureReason }) });
    }
  }
}
