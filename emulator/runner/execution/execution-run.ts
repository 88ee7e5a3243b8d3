import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { waitsFor } from "../definition/parse";
import type { Definition, Node } from "../definition/schema";
import { ExecutionFailed } from "../steps/control";
import type { StepResult } from "../steps/step";
import { FunctionTimedOut, isStop } from "./failure";
import { Semaphore } from "./semaphore";
import type { RunSettings } from "./run-settings";
import { StepRun } from "./step-run";

/** How a step ended; `skipped` where it was never its turn. */
type StepEnd = "succeeded" | "failed" | "timed out" | "stopped" | "skipped";

export interface ExecutionEnd {
  readonly status: "Succeeded" | "Failed" | "Stopped";
  readonly failureReason?: string;
}

/** What may end an execution before its time. */
export interface Interruptions {
  /** Somebody asked to stop it: steps that cannot be stopped are waited for. */
  readonly stopped: AbortSignal;
  /** The worker ends: nothing is waited for. */
  readonly ending: AbortSignal;
}

/**
 * Runs one execution: each step as soon as what it waits for has succeeded, side by side with others. A step that
 * fails keeps those that wait for it from running, and no others; a Fail step ends everything.
 */
export class ExecutionRun {
  private readonly ends = new Map<string, Promise<StepEnd>>();
  private readonly results: Map<string, StepResult>;
  private readonly slots: Semaphore;
  private readonly failed = new AbortController();
  private readonly abandoned: AbortSignal;
  private readonly signal: AbortSignal;

  constructor(
    private readonly definition: Definition,
    private readonly settings: Omit<RunSettings, "results" | "signal" | "abandoned">,
    private readonly interruptions: Interruptions,
  ) {
    this.results = new Map(Object.entries(settings.execution.reusedResults));
    this.slots = new Semaphore(settings.execution.maxParallelSteps ?? Infinity);
    this.abandoned = AbortSignal.any([interruptions.ending, this.failed.signal]);
    this.signal = AbortSignal.any([interruptions.stopped, this.abandoned]);
  }

  async run(): Promise<ExecutionEnd> {
    const { scratch, logs } = this.settings;
    await Promise.all([scratch, logs].map((folder) => mkdir(folder, { recursive: true })));
    try {
      return this.outcome(
        await Promise.all([...this.definition.nodes.keys()].map((name) => this.endOf(name))),
      );
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }

  /** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StopPipelineExecution.html */
  private outcome(ends: readonly StepEnd[]): ExecutionEnd {
    const { stopped, ending } = this.interruptions;
    if ((stopped.aborted || ending.aborted) && !ends.includes("timed out")) return { status: "Stopped" };
    return ends.some((end) => end === "failed" || end === "timed out")
      ? { status: "Failed", failureReason: "Step failure: One or multiple steps failed." }
      : { status: "Succeeded" };
  }

  /** Runs a step once, however many others wait for it. */
  private endOf(name: string): Promise<StepEnd> {
    const known = this.ends.get(name) ?? this.runInTurn(name);
    this.ends.set(name, known);
    return known;
  }

  private async runInTurn(name: string): Promise<StepEnd> {
    const { selectedSteps } = this.settings.execution;
    if (selectedSteps && !selectedSteps.includes(name))
      return this.results.has(name) ? "succeeded" : "skipped";
    const node = this.definition.nodes.get(name);
    if (!node || !(await this.mayRun(node))) return "skipped";
    return this.slots.use(() => (this.signal.aborted ? "skipped" : this.runStep(node)));
  }

  private async mayRun(node: Node): Promise<boolean> {
    const ends = await Promise.all(waitsFor(node).map((name) => this.endOf(name)));
    if (ends.some((end) => end !== "succeeded")) return false;
    return !node.branch || this.results.get(node.branch.condition)?.branch === node.branch.side;
  }

  private async runStep({ definition }: Node): Promise<StepEnd> {
    const { signal, abandoned, results } = this;
    const place = {
      scratch: join(this.settings.scratch, definition.Name),
      logFile: join(this.settings.logs, `${definition.Name}.log`),
    };
    try {
      const step = new StepRun(definition, { ...this.settings, results, signal, abandoned }, place);
      results.set(definition.Name, await step.run());
      return "succeeded";
    } catch (error) {
      if (error instanceof ExecutionFailed) this.failed.abort();
      if (error instanceof FunctionTimedOut) return "timed out";
      return isStop(error, signal) ? "stopped" : "failed";
    }
  }
}
