import { join } from "node:path";
import { App } from "cdktf";
import type { Estate } from "../../../config/schema";
import type { Accounts } from "../../../deploy/access/accounts";
import { PlanFolder } from "../../../deploy/plans/plan-folder";
import { findRemoved } from "../../../deploy/removal/find-removed";
import { synthesiseRemoved } from "../../../deploy/removal/synthesise-removed";
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
    /** Who works on it, for tests of what is in the changed estate alone. */
    private readonly accountsOf: (estate: Estate) => Accounts = () => applied.accounts,
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

  /** Adds what an account has that the code has no more, as that from which all of it is destroyed. @returns ids of those stacks */
  async addRemoved(name: string): Promise<string[]> {
    const { accounts } = this.applied;
    const { estate } = this.changed;
    const around = { estate, accounts, directoryOf: this.directoryOf, inCode: this.stacks };
    const found = await findRemoved(estate, accounts, [this.applied.environment(name)], this.stacks);
    await synthesiseRemoved(around, found);
    this.stacks = [...this.stacks, ...found];
    return found.map(({ id }) => id);
  }

  private runOf(ids: readonly string[]): DeploymentRun {
    return {
      accounts: this.accountsOf(this.changed.estate),
      directoryOf: this.directoryOf,
      folder: new PlanFolder(join(this.applied.folder, "plans")),
      stacks: this.stacks.filter(({ id }) => ids.includes(id)),
    };
  }
}

/** An address as people know it. */
export const withoutHash = (address: string): string => address.replace(/_[0-9A-F]{8}$/, "");
