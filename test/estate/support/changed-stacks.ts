import { join } from "node:path";
import { App } from "cdktf";
import { PlanFolder } from "../../../deploy/plans/plan-folder";
import { addStacks } from "../../../stacks/app";
import { listStacks, type StackDescription } from "../../../stacks/list";
import { withoutTokenTraces } from "../../../stacks/synthesise";
import type { AppliedEstate } from "../../support/applied-estate";
import { changedEstate, type ChangedEstate, type EstateChange } from "../../support/changed-estate";
import { apply, outcomesOf, plan, type DeploymentRun } from "../../support/deployment";

/** `<stack> <address without its hash>` by action. */
export type Actions = Readonly<Record<string, readonly string[]>>;

/** An estate in which something has changed, synthesised beside the applied one that it is planned on. */
export class ChangedStacks {
  readonly changed: ChangedEstate;
  stacks: readonly StackDescription[];
  private readonly outdir: string;

  constructor(
    readonly applied: AppliedEstate,
    name: string,
    change: EstateChange,
  ) {
    this.outdir = join(applied.folder, name);
    this.changed = changedEstate(change);
    this.stacks = listStacks(this.changed.estate, this.changed.models);
    withoutTokenTraces(() => {
      const app = new App({ outdir: this.outdir });
      addStacks(app, this.changed);
      app.synth();
    });
  }

  readonly directoryOf = (id: string): string => join(this.outdir, "stacks", id);

  /** What is planned of some stacks. */
  async planned(ids: readonly string[], keep: readonly string[] = []): Promise<Actions> {
    const { summaries } = await plan(this.runOf(ids), { keep });
    const found: Record<string, string[]> = {};
    for (const { stack, changes } of summaries)
      for (const { action, address } of changes)
        (found[action] ??= []).push(`${stack} ${withoutHash(address)}`);
    return found;
  }

  /** Applies what was planned last. @returns the outcome of each stack */
  async apply(ids: readonly string[], allowed: readonly string[] = []): Promise<Record<string, string>> {
    return outcomesOf(await apply(this.runOf(ids), { allowed }));
  }

  private runOf(ids: readonly string[]): DeploymentRun {
    return {
      accounts: this.applied.accounts,
      directoryOf: this.directoryOf,
      folder: new PlanFolder(join(this.applied.folder, "plans")),
      stacks: this.stacks.filter(({ id }) => ids.includes(id)),
    };
  }
}

/** An address as people know it. */
export const withoutHash = (address: string): string => address.replace(/_[0-9A-F]{8}$/, "");
