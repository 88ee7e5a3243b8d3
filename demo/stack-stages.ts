import { StackRunner, type StackFailure } from "../deploy/estate/stack-runner";
import type { Wave } from "../deploy/estate/waves";
import { deployStacks } from "../deploy/plans/deploy-stacks";
import { planEstate } from "../deploy/plans/plan-estate";
import type { StackDescription } from "../stacks/list";
import type { Appliers } from "./appliers";
import type { Logger, Stages } from "./drill/stage";

/** Stages that plan and apply stacks, each as who applies it, with what came of them. */
export class StackStages {
  readonly failures: StackFailure[] = [];
  /** How long each stack's apply took. */
  readonly seconds = new Map<string, number>();
  private readonly runner: StackRunner;
  /** Of stages beside others, of which only one at a time may be live on a terminal. */
  private readonly beside: StackRunner;

  /** @param again those whose folders of plans are for plans that nobody applies */
  constructor(
    private readonly stages: Stages,
    private readonly appliers: Appliers,
    private readonly again: Appliers,
    private readonly signal: AbortSignal,
    say: Logger,
  ) {
    this.runner = new StackRunner(signal);
    this.beside = new StackRunner(signal, say);
  }

  /** Plans and applies one wave after the other. @throws Error naming the stacks that failed; the signal's reason where it was aborted */
  async deploy(waves: readonly Wave[]): Promise<void> {
    for (const wave of waves) await this.deployWave(wave);
  }

  private async deployWave({ title, stacks }: Wave): Promise<void> {
    const { appliers, runner } = this;
    await this.stages.run(`Plan and apply ${title}`, async () => {
      const acting = await appliers.of(stacks);
      const results = await Promise.all(acting.map((applier) => deployStacks({ ...applier, runner })));
      for (const { stack, seconds } of results.flatMap(({ outcomes }) => outcomes))
        if (seconds !== undefined) this.seconds.set(stack, seconds);
      this.refuse(results.flatMap(({ failures }) => failures));
      this.signal.throwIfAborted();
      return { verdict: `${stacks.length} stacks, applied`, result: undefined };
    });
  }

  /** Beside other stages, if need be. @throws Error naming the stacks in which something is pending */
  async planAgain(stacks: readonly StackDescription[], title: string): Promise<void> {
    const { again, beside: runner } = this;
    if (stacks.length === 0) return;
    await this.stages.run(title, async () => {
      const acting = await again.of(stacks);
      const results = await Promise.all(acting.map((applier) => planEstate({ ...applier, runner })));
      const pending = results.flatMap(({ summaries }) =>
        summaries.filter(({ changes }) => changes.length > 0),
      );
      this.refuse([
        ...results.flatMap(({ failures }) => failures),
        ...pending.map(({ stack, changes }) => ({
          stack,
          reason: changes.map(({ action, address }) => `would ${action} ${address}`).join("\n"),
        })),
      ]);
      this.signal.throwIfAborted();
      return { verdict: `${stacks.length} stacks, nothing pending`, result: undefined };
    });
  }

  /** Ends a stage in which stacks failed. */
  private refuse(failures: readonly StackFailure[]): void {
    this.failures.push(...failures);
    if (failures.length > 0)
      throw new Error(
        `${failures.length} of the stacks failed: ${failures.map(({ stack }) => stack).join(", ")}`,
      );
  }
}
