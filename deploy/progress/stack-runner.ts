import { performance } from "node:perf_hooks";
import { Listr, ListrLogger, ProcessOutput } from "listr2";
import { parallelRuns } from "../estate/parallelism";
import type { Report } from "../estate/stack-runs";
import type { StackDescription } from "../../stacks/list";

/** Does something to one stack and says in a few words what came of it. */
export type StackAction = (stack: StackDescription, report: Report) => Promise<string>;

export interface StackFailure {
  readonly stack: string;
  readonly reason: string;
}

/**
 * Runs an action over many stacks side by side, within cores and memory, with live progress (plain lines where there
 * is no terminal). A stack that fails leaves its neighbours running.
 */
export class StackRunner {
  readonly failures: StackFailure[] = [];
  /** Stacks whose action was under way at an interrupt, and did not end well. */
  readonly interrupted: string[] = [];
  /** Seconds each stack's first action took. */
  readonly seconds = new Map<string, number>();

  /**
   * @param signal ends actions under way, and begins no other
   * @param say gets progress where there is no terminal. @default standard error
   */
  constructor(
    private readonly signal: AbortSignal,
    private readonly say: Report = sayOnStandardError,
  ) {}

  async each(stacks: readonly StackDescription[], action: StackAction): Promise<void> {
    const tasks = stacks.map((stack) => ({
      title: stack.id,
      skip: () => this.signal.aborted,
      task: (_: unknown, task: Progress) => this.run(stack, action, task),
    }));
    const renderer = process.stderr.isTTY ? "default" : "silent";
    const logger = new ListrLogger({ processOutput: new ProcessOutput(process.stderr, process.stderr) });
    await new Listr(tasks, {
      concurrent: parallelRuns(),
      exitOnError: false,
      registerSignalListeners: false,
      renderer,
      rendererOptions: { logger, collapseErrors: true, showErrorMessage: false },
    }).run();
  }

  private async run(stack: StackDescription, action: StackAction, task: Progress): Promise<void> {
    const started = performance.now();
    const report = process.stderr.isTTY
      ? (line: string) => (task.output = line)
      : (line: string) => {
          this.say(`  ${stack.id}: ${line}`);
        };
    try {
      const outcome = await action(stack, report);
      task.title = `${stack.id}: ${outcome}`;
      if (!this.seconds.has(stack.id)) this.seconds.set(stack.id, (performance.now() - started) / 1000);
      if (!process.stderr.isTTY) this.say(`  ${stack.id}: ${outcome}`);
    } catch (error) {
      if (this.signal.aborted) this.interrupted.push(stack.id);
      else this.failures.push({ stack: stack.id, reason: (error as Error).message });
      if (!process.stderr.isTTY) this.say(`  ${stack.id}: ${this.signal.aborted ? "interrupted" : "failed"}`);
      throw error;
    }
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
