import { StackRunner, type StackFailure } from "../deploy/estate/stack-runner";
import { plansAhead, type Wave } from "../deploy/estate/waves";
import { applyEstate } from "../deploy/plans/apply-estate";
import { plannedOf } from "../deploy/plans/check-plans";
import type { Manifest } from "../deploy/plans/manifest/schema";
import { planEstate, type PlanRequest, type PlanResult } from "../deploy/plans/plan-estate";
import type { StackDescription } from "../stacks/list";
import { pollDuring } from "../tools/poll";
import { sideBySide } from "../tools/side-by-side";
import type { ActingApplier, Appliers, PlansFolder } from "./appliers";
import type { Logger, Stages } from "./drill/stage";

/** A wave with its saved plans, of which each is applied as it is. */
export interface PlannedWave extends Wave {
  readonly plans: readonly { readonly applier: ActingApplier; readonly manifest: Manifest }[];
}

/** How many stacks are planned at once beside an apply, which is to have the cores whenever it does not wait for AWS. */
const besideAtOnce = 3;

const askEveryMilliseconds = 500;

/** Stages that plan and apply stacks, each as who applies it, with what came of them. */
export class StackStages {
  readonly failures: StackFailure[] = [];
  /** How long each stack's apply took. */
  readonly seconds = new Map<string, number>();
  private readonly runner: StackRunner;
  /** Of stages beside others, of which only one at a time may be live on a terminal. */
  private readonly beside: StackRunner;

  constructor(
    private readonly stages: Stages,
    private readonly appliers: Appliers,
    private readonly signal: AbortSignal,
    say: Logger,
  ) {
    this.runner = new StackRunner(signal);
    this.beside = new StackRunner(signal, say, besideAtOnce);
  }

  /**
   * Plans and applies one wave after the other, but for the last, which is planned. One that can be is planned while the one
   * before it is applied, which mostly waits for AWS.
   * @returns the last, to be applied; undefined where there are none
   * @throws Error naming the stacks that failed; the signal's reason where it was aborted
   */
  async deployUpToLast(waves: readonly Wave[]): Promise<PlannedWave | undefined> {
    let planned: PlannedWave | undefined;
    for (const wave of waves) {
      if (planned && plansAhead(wave)) planned = await this.applyAndPlanNext(planned, wave);
      else {
        if (planned) await this.apply(planned);
        planned = await this.plan(wave);
      }
    }
    return planned;
  }

  /**
   * Applies exactly what was planned.
   * @param onApplied is told of each stack that is applied
   * @throws Error naming the stacks that failed; the signal's reason where it was aborted
   */
  async apply(
    { title, stacks, plans }: PlannedWave,
    onApplied?: (stack: StackDescription) => void,
  ): Promise<void> {
    const { runner } = this;
    await this.stages.run(`Apply ${title}`, async () => {
      const requests = plans.map(({ applier, manifest }) => {
        const planned = plannedOf(manifest, applier.stacks);
        return { ...applier, runner, manifest, planned, allowed: [], onApplied };
      });
      const outcomes = (await Promise.all(requests.map(applyEstate))).flat();
      for (const { stack, seconds } of outcomes) if (seconds !== undefined) this.seconds.set(stack, seconds);
      this.refuse(outcomes.flatMap(({ stack, reason }) => (reason === undefined ? [] : [{ stack, reason }])));
      this.signal.throwIfAborted();
      return { verdict: `${stacks.length} stacks, applied`, result: undefined };
    });
  }

  /** As `planAgain`, beside another stage. */
  planAgainBeside(stacks: readonly StackDescription[], title: string): Promise<void> {
    return this.planAgain(stacks, title, this.beside);
  }

  /** @throws Error naming the stacks in which something is pending */
  async planAgain(stacks: readonly StackDescription[], title: string, runner = this.runner): Promise<void> {
    if (stacks.length === 0) return;
    await this.stages.run(title, async () => {
      const results = await this.planAs(stacks, "plans-again", { runner });
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

  private plan(wave: Wave, folder: PlansFolder = "plans", runner = this.runner): Promise<PlannedWave> {
    return this.stages.run(`Plan ${wave.title}`, async () => {
      const planned = await this.planAs(wave.stacks, folder, { runner, attributes: false });
      this.refuse(planned.flatMap(({ failures }) => failures));
      this.signal.throwIfAborted();
      const plans = planned.flatMap(({ applier, manifest }) => (manifest ? [{ applier, manifest }] : []));
      return { verdict: `${wave.stacks.length} stacks, planned`, result: { ...wave, plans } };
    });
  }

  /** Has each stack planned by whoever applies it. */
  private async planAs(
    stacks: readonly StackDescription[],
    folder: PlansFolder,
    how: Pick<PlanRequest, "runner" | "attributes">,
  ): Promise<(PlanResult & { readonly applier: ActingApplier })[]> {
    const acting = await this.appliers.of(stacks, folder);
    return Promise.all(
      acting.map(async (applier) => ({ applier, ...(await planEstate({ ...applier, ...how })) })),
    );
  }

  private async applyAndPlanNext(planned: PlannedWave, next: Wave): Promise<PlannedWave> {
    const applying = this.apply(planned);
    const polling = { everyMilliseconds: askEveryMilliseconds, signal: this.signal };
    const planning = pollDuring(applying, () => this.reaches(next.stacks), polling).then(() =>
      this.plan(next, "plans-ahead", this.beside),
    );
    const [, ahead] = await sideBySide(applying, planning);
    return ahead;
  }

  /** Whether whoever applies the stacks reaches their states. @returns undefined where not, and a plan would say why */
  private async reaches(stacks: readonly StackDescription[]): Promise<true | undefined> {
    try {
      for (const { accounts, stacks: own } of await this.appliers.of(stacks, "plans-ahead"))
        await Promise.all(own.map(async (stack) => (await accounts.stateOf(stack)).version()));
      return true;
    } catch {
      return undefined;
    }
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
