import { Listr } from "listr2";
import { parallelRuns } from "../../deploy/estate/parallelism";
import type { Report } from "../../deploy/estate/stack-runs";
import type { Wave } from "../../deploy/estate/waves";
import type { StackDescription } from "../../stacks/list";

/** Does something to one stack and says in a few words what came of it. */
export type StackAction = (stack: StackDescription, report: Report) => Promise<string>;

/**
 * Runs an action over many stacks side by side, within cores and memory, with live progress (plain lines where there
 * is no terminal). A stack that fails leaves its neighbours running, and nothing new is begun after them.
 */
export class StackRunner {
  readonly failures: { readonly stack: string; readonly reason: string }[] = [];

  constructor(private readonly signal: AbortSignal) {}

  /** False once a stack has failed or the run was interrupted. */
  get mayGoOn(): boolean {
    return this.failures.length === 0 && !this.signal.aborted;
  }

  async each(verb: string, { title, stacks }: Wave, action: StackAction): Promise<void> {
    if (!this.mayGoOn) return;
    const tasks = stacks.map((stack) => ({
      title: stack.id,
      skip: () => this.signal.aborted,
      task: async (_: unknown, task: { title: string; output: string }) => {
        task.title = `${stack.id}: ${await this.guard(stack, action, (line) => (task.output = line))}`;
      },
    }));
    const concurrent = parallelRuns();
    process.stderr.write(`${verb} ${title} (${concurrent} at a time)\n`);
    await new Listr(tasks, {
      concurrent,
      exitOnError: false,
      registerSignalListeners: false,
      fallbackRenderer: "simple",
      fallbackRendererOptions: { timestamp: undefined },
    }).run();
  }

  private async guard(stack: StackDescription, action: StackAction, report: Report): Promise<string> {
    try {
      return await action(stack, report);
    } catch (error) {
      this.failures.push({ stack: stack.id, reason: (error as Error).message });
      throw error;
    }
  }
}
