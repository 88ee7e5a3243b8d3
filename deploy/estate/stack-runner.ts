import { performance } from "node:perf_hooks";
import { Listr, ListrLogger, ProcessOutput } from "listr2";
import type { StackDescription } from "../../stacks/list";
import { parallelRuns } from "./parallelism";
import type { Logger } from "./terraform-context";

/** Does something to one stack. */
export type StackAction<Value> = (stack: StackDescription, report: Logger) => Promise<Value>;

/** What became of an action on one stack. */
export type StackResult<Value> = { readonly stack: StackDescription } & (
  | { readonly outcome: "succeeded"; readonly value: Value; readonly seconds: number }
  | { readonly outcome: "failed"; readonly reason: string }
  /** Under way at an interrupt, and did not end well. */
  | { readonly outcome: "interrupted" }
  | { readonly outcome: "not begun" }
);

export interface StackFailure {
  /** Id. */
  readonly stack: string;
  readonly reason: string;
}

/** The values of those that succeeded, in order. */
export const valuesOf = <Value>(results: readonly StackResult<Value>[]): Value[] =>
  results.flatMap((result) => (result.outcome === "succeeded" ? [result.value] : []));

/** Those that failed, in order. */
export const failuresOf = (results: readonly StackResult<unknown>[]): StackFailure[] =>
  results.flatMap((result) =>
    result.outcome === "failed" ? [{ stack: result.stack.id, reason: result.reason }] : [],
  );

/**
 * Runs an action over many stacks side by side, within cores and memory, with live progress (plain lines where there
 * is no terminal).
 */
export class StackRunner {
  /**
   * @param signal ends actions under way, and begins no other
   * @param say gets progress as lines. @default live on a terminal, else lines on standard error
   * @param parallel how many stacks at a time. @default what cores and free memory have room for
   */
  constructor(
    private readonly signal: AbortSignal,
    private readonly say?: Logger,
    private readonly parallel?: number,
  ) {}

  /**
   * A stack that fails leaves its neighbours running.
   * @param describe says of a value in a few words what was done
   * @returns what became of each stack, in their order
   */
  async each<Value>(
    stacks: readonly StackDescription[],
    action: StackAction<Value>,
    describe: (value: Value) => string,
  ): Promise<StackResult<Value>[]> {
    const results = stacks.map((stack): StackResult<Value> => ({ stack, outcome: "not begun" }));
    const tasks = stacks.map((stack, index) => ({
      title: stack.id,
      skip: () => this.signal.aborted,
      task: async (_: unknown, task: Progress) => {
        const result = await this.run(stack, action, this.reporter(stack, task));
        results[index] = result;
        this.conclude(result, task, describe);
      },
    }));
    const renderer = this.live ? "default" : "silent";
    const logger = new ListrLogger({ processOutput: new ProcessOutput(process.stderr, process.stderr) });
    await new Listr(tasks, {
      concurrent: this.parallel ?? parallelRuns(),
      exitOnError: false,
      registerSignalListeners: false,
      renderer,
      rendererOptions: { logger, collapseErrors: true, showErrorMessage: false },
    }).run();
    return results;
  }

  private get live(): boolean {
    return this.say === undefined && process.stderr.isTTY;
  }

  private tell({ id }: StackDescription, line: string): void {
    (this.say ?? sayOnStandardError)(`  ${id}: ${line}`);
  }

  private reporter(stack: StackDescription, task: Progress): Logger {
    if (this.live) return (line) => (task.output = line);
    return (line) => {
      this.tell(stack, line);
    };
  }

  private async run<Value>(
    stack: StackDescription,
    action: StackAction<Value>,
    report: Logger,
  ): Promise<StackResult<Value>> {
    const started = performance.now();
    try {
      const value = await action(stack, report);
      return { stack, outcome: "succeeded", value, seconds: (performance.now() - started) / 1000 };
    } catch (error) {
      if (this.signal.aborted) return { stack, outcome: "interrupted" };
      return { stack, outcome: "failed", reason: (error as Error).message };
    }
  }

  /** @throws Error where it did not succeed, for the mark that listr puts before a task */
  private conclude<Value>(
    result: StackResult<Value>,
    task: Progress,
    describe: (value: Value) => string,
  ): void {
    const { stack, outcome } = result;
    const said = outcome === "succeeded" ? describe(result.value) : outcome;
    if (!this.live) this.tell(stack, said);
    if (outcome !== "succeeded") throw new Error(said);
    task.title = `${stack.id}: ${said}`;
  }
}

/** The part of a listr2 task that we write to. */
interface Progress {
  title: string;
  output: string;
}

const sayOnStandardError = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
