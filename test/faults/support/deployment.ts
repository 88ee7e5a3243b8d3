import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ApplyOutcome, ApplyRequest } from "../../../deploy/plans/apply-estate";
import type { PlanResult } from "../../../deploy/plans/plan-estate";
import { PlanFolder } from "../../../deploy/plans/plan-folder";
import { apply, outcomesOf, plan, type DeploymentRun } from "../../support/deployment";
import type { SmallStacks } from "./small-stacks";

/** Plans and applies some of the small stacks. */
export class Deployment {
  readonly folder: PlanFolder;
  /** The folder of the latest run's synthesised files. */
  workspace = "";

  constructor(
    private readonly small: SmallStacks,
    private readonly ids: readonly string[],
  ) {
    this.folder = new PlanFolder(mkdtempSync(join(small.folder, "plan-")));
  }

  /** Another of the same stacks, with the same saved plans in a folder of its own. */
  copy(): Deployment {
    const copy = new Deployment(this.small, this.ids);
    cpSync(this.folder.path, copy.folder.path, { recursive: true });
    return copy;
  }

  /** @param edit changes the synthesised files first. @throws Error where a stack cannot be planned */
  plan(edit?: Edit): Promise<PlanResult> {
    return plan(this.run(edit));
  }

  /** @param changes of the request */
  apply(
    changes: Partial<ApplyRequest> = {},
    edit?: Edit,
    tool?: DeploymentRun["tool"],
  ): Promise<ApplyOutcome[]> {
    return apply({ ...this.run(edit), ...(tool && { tool }) }, changes);
  }

  /** Plans, and applies what was planned. @returns what became of each stack */
  async deploy(edit?: Edit): Promise<Record<string, string>> {
    await this.plan(edit);
    return outcomesOf(await this.apply({}, edit));
  }

  /** As each command does, in folders of this run alone, with files as synthesised. */
  private run(edit?: Edit): DeploymentRun {
    const { small, folder, ids } = this;
    const workspace = mkdtempSync(join(small.folder, "workspace-"));
    this.workspace = workspace;
    const directoryOf = (id: string) => join(workspace, id);
    for (const id of ids) cpSync(small.directoryOf(id), directoryOf(id), { recursive: true });
    edit?.(ids.map(directoryOf));
    return { accounts: small.accounts, directoryOf, folder, stacks: ids.map((id) => small.stack(id)) };
  }
}

/** Changes synthesised files, by the folder of each stack. */
export type Edit = (directories: readonly string[]) => void;

/** What a plan of stacks would do now, such as `create aws_iam_role.x`. @throws Error where one cannot be planned */
export async function pendingIn(small: SmallStacks, ids: readonly string[]): Promise<string[]> {
  const { summaries } = await new Deployment(small, ids).plan();
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
