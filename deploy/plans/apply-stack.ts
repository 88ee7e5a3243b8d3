import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import type { StackDescription } from "../../stacks/list";
import { emptyContainer } from "../destruction/empty-container";
import { holdingsIn } from "../destruction/state-contents";
import type { AppliedRecord } from "../estate/applied-record";
import { withRemedy } from "../estate/remedies";
import { optionsFor, type Logger } from "../estate/terraform-context";
import { applyPlan } from "../terraform/terraform";
import { asksForApproval } from "./approval";
import { collectFiles } from "./collect-files";
import { checkedPlan, type PlanCheck } from "./check-plans";
import { runsFiles } from "./kept-resources";
import type { ManifestStack } from "./manifest/schema";
import { remedyForOrphans } from "./orphaned-resources";

/** What applying one stack's plan did. */
export interface AppliedStack {
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
  readonly imported: number;
}

/** What plans are applied with, and what goes on record of it. */
export type Application = Pick<PlanCheck, "runs" | "folder" | "accounts"> &
  Pick<AppliedRecord, "manifestDigest" | "commit" | "approvedBy" | "build">;

/** Applies the plan that was checked, and puts that on record. @throws Error with Terraform's reasons and what to do */
export async function applyStack(
  application: Application,
  { planHash, losses }: Pick<ManifestStack, "planHash" | "losses">,
  stack: StackDescription,
  report: Logger,
): Promise<AppliedStack> {
  const { runs, folder, accounts } = application;
  const directory = runs.directoryOf(stack.id);
  const journal = folder.file(stack.id, "apply.jsonl");
  await emptyWhatGoes(accounts, stack, losses, report);
  await accounts.awaitKeys(stack, { report, signal: runs.signal });
  report("applying");
  try {
    const summary = await applyPlan(optionsFor(runs, stack, report), {
      file: checkedPlan(directory),
      journal,
    });
    await putRecord(application, planHash, stack);
    const applied = {
      added: summary?.add ?? 0,
      changed: summary?.change ?? 0,
      destroyed: summary?.remove ?? 0,
      imported: summary?.import ?? 0,
    };
    if (runsFiles(stack)) await collectFiles(directory, await accounts.of(stack), report);
    return applied;
  } catch (error) {
    const unsaved = keepUnsavedState(stack.id, directory, folder.file(stack.id, "errored.tfstate"));
    const orphans = await remedyForOrphans(accounts, stack, journal).catch(() => []);
    const lines = [withRemedy(stack, (error as Error).message), ...unsaved, ...orphans];
    throw new Error(lines.join("\n"), { cause: error });
  }
}

async function putRecord(application: Application, planHash: string, stack: StackDescription): Promise<void> {
  const { accounts, manifestDigest, commit, approvedBy, build } = application;
  const state = await accounts.stateOf(stack);
  const record: AppliedRecord = {
    version: 1,
    stack: stack.id,
    appliedAt: new Date().toISOString(),
    requireApproval: asksForApproval(stack),
    ...{ planHash, manifestDigest, commit, approvedBy, build },
  };
  await state.putRecord(record).catch((error: unknown) => {
    throw new Error(`it was applied, and that could not be put on record: ${(error as Error).message}`, {
      cause: error,
    });
  });
}

/** AWS destroys no bucket and no package group that holds something. That each of them may go has been said. */
async function emptyWhatGoes(
  accounts: PlanCheck["accounts"],
  stack: StackDescription,
  losses: ManifestStack["losses"],
  report: Logger,
): Promise<void> {
  if (losses.length === 0) return;
  const state = await (await accounts.stateOf(stack)).read();
  const going = holdingsIn(stack, state).containers.filter((container) =>
    losses.some(({ address }) => address === container.address),
  );
  for (const container of going) {
    report(`emptying ${container.name}`);
    await emptyContainer(await accounts.of(stack), container);
  }
}

/** Terraform leaves a state here that it could not save in the bucket. */
function keepUnsavedState(stack: string, directory: string, file: string): string[] {
  const left = join(directory, "errored.tfstate");
  if (!existsSync(left)) return [];
  copyFileSync(left, file);
  return [
    `→ The state could not be saved in the bucket. It is in ${file}: keep it, and give it back with`,
    `  npx cdktf synth && cd cdktf.out/stacks/${stack} && terraform init && terraform state push ${file}`,
  ];
}
