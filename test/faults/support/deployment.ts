import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StackRuns } from "../../../deploy/estate/stack-runs";
import { applyEstate, type ApplyOutcome, type ApplyRequest } from "../../../deploy/plans/apply-estate";
import { planEstate, type PlanResult } from "../../../deploy/plans/plan-estate";
import { PlanFolder } from "../../../deploy/plans/plan-folder";
import { StackRunner } from "../../../deploy/estate/stack-runner";
import { tools } from "../../support/tools";
import type { FaultPlace } from "./place";

/** Plans and applies some of a place's stacks as the commands do, without a process for each. */
export class Deployment {
  readonly folder: PlanFolder;
  /** The folder of the latest run's synthesised files. */
  workspace = "";

  constructor(
    private readonly place: FaultPlace,
    private readonly ids: readonly string[],
  ) {
    this.folder = new PlanFolder(mkdtempSync(join(place.folder, "plan-")));
  }

  /** Another of the same stacks, with the same saved plans in a folder of its own. */
  copy(): Deployment {
    const copy = new Deployment(this.place, this.ids);
    cpSync(this.folder.path, copy.folder.path, { recursive: true });
    return copy;
  }

  /** @param edit changes the synthesised files first. */
  plan(edit?: Edit): Promise<PlanResult> {
    const stacks = this.ids.map((id) => this.place.stack(id));
    return planEstate({ ...this.context(edit), stacks });
  }

  /** @param changes of the request */
  apply(changes: Partial<ApplyRequest> = {}, edit?: Edit, tool = tools().terraform): Promise<ApplyOutcome[]> {
    const manifest = this.folder.readManifest();
    const planned = manifest.stacks.map((entry) => ({ entry, stack: this.place.stack(entry.id) }));
    return applyEstate({ ...this.context(edit, tool), manifest, planned, allowed: [], ...changes });
  }

  /** Plans, and applies what was planned. @returns what became of each stack */
  async deploy(edit?: Edit): Promise<Record<string, string>> {
    const { failures } = await this.plan(edit);
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    return outcomesOf(await this.apply({}, edit));
  }

  /** As each command does, in folders of this run alone, with files as synthesised. */
  private context(edit?: Edit, tool = tools().terraform) {
    const { place, folder, ids } = this;
    const workspace = mkdtempSync(join(place.folder, "workspace-"));
    this.workspace = workspace;
    const directoryOf = (id: string) => join(workspace, id);
    for (const id of ids) cpSync(place.directoryOf(id), directoryOf(id), { recursive: true });
    edit?.(ids.map(directoryOf));
    const runs: StackRuns = { tool, directoryOf };
    const runner = new StackRunner(new AbortController().signal, () => undefined);
    return { runs, accounts: place.accounts, folder, runner };
  }
}

/** Changes synthesised files, by the folder of each stack. */
export type Edit = (directories: readonly string[]) => void;

/** What became of each stack, by its id. */
export const outcomesOf = (outcomes: readonly ApplyOutcome[]): Record<string, string> =>
  Object.fromEntries(outcomes.map(({ stack, outcome }) => [stack, outcome]));

/** What a plan of stacks would do now, such as `create aws_iam_role.x`. @throws Error where one cannot be planned */
export async function pendingIn(place: FaultPlace, ids: readonly string[]): Promise<string[]> {
  const { summaries, failures } = await new Deployment(place, ids).plan();
  if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
  return summaries.flatMap(({ changes }) => changes.map(({ action, address }) => `${action} ${address}`));
}

/** What of a synthesised file the tests change. */
interface Synthesised {
  readonly provider: { readonly aws: readonly [Record<string, unknown>] };
  readonly resource: Record<string, Record<string, object>>;
}

/** An edit of each stack's synthesised file. */
export const edited =
  (change: (synthesised: Synthesised) => void): Edit =>
  (directories) => {
    for (const directory of directories) {
      const file = join(directory, "cdk.tf.json");
      const synthesised = JSON.parse(readFileSync(file, "utf8")) as Synthesised;
      change(synthesised);
      writeFileSync(file, JSON.stringify(synthesised));
    }
  };
