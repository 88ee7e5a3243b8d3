import type { StackDescription } from "../../stacks/list";
import type { Accounts } from "../access/accounts";
import type { Affected } from "../affected";
import type { TerraformContext } from "../estate/terraform-context";
import { explain } from "../estate/remedies";
import {
  failuresOf,
  valuesOf,
  type StackFailure,
  type StackResult,
  type StackRunner,
} from "../estate/stack-runner";
import { SelectionError } from "../estate/select-stacks";
import { notKept } from "./kept-resources";
import { codeFacts, type CodeFacts } from "./manifest/code-facts";
import { hasChanges, type Manifest, type ManifestStack } from "./manifest/schema";
import type { PlanFolder } from "./plan-folder";
import { planStack, type PlannedStack } from "./plan-stack";
import { describeCounts } from "./render/counts";
import type { Rollout } from "./rollout";
import { renderMarkdown } from "./render/markdown";
import type { StackSummary } from "./summary";

export interface PlanRequest {
  readonly runs: TerraformContext;
  readonly accounts: Accounts;
  readonly stacks: readonly StackDescription[];
  readonly folder: PlanFolder;
  readonly runner: StackRunner;
  /** Whether the summaries say what becomes of each attribute, which takes a start of the provider. @default true */
  readonly attributes?: boolean;
  /** Why these stacks, where a change says which. */
  readonly affected?: Affected | undefined;
  /** All stacks that the change concerns, in their order. */
  readonly rollout?: Rollout | undefined;
  /** Addresses of what the code has no more and is to stay on AWS. @default none but pipelines' files */
  readonly keep?: readonly string[];
  /** Stacks that are not planned with the others, each with the reason. @default none */
  readonly leftOut?: readonly StackFailure[];
  /** Ids of stacks that stand although the code has them no more. @default none */
  readonly removed?: readonly string[];
  /** Role that the synthesised stacks assume instead of their own. */
  readonly role?: string | undefined;
}

/** What planning many stacks came to. */
export interface PlanResult {
  readonly summaries: readonly StackSummary[];
  readonly failures: readonly StackFailure[];
  /** Stacks that were not to be planned; the others can be applied. */
  readonly leftOut: readonly StackFailure[];
  /** Undefined where a stack failed: what was planned in part is not for applying. */
  readonly manifest: Manifest | undefined;
  /** The summaries as Markdown, for a pull request. */
  readonly markdown: string;
}

/**
 * Plans stacks side by side into a folder of plans. A stack that fails leaves its neighbours running.
 * @throws PlanFolderError where the folder holds something else; SelectionError where nothing would destroy what is to be kept
 */
export async function planEstate(request: PlanRequest): Promise<PlanResult> {
  const { runs, stacks, folder, runner } = request;
  folder.prepare(stacks.map(({ id }) => id));
  const code = await codeFacts(runs.tool);
  const results = await runner.each(
    stacks,
    (stack, report) => planStack(request, stack, report).catch(explain(stack)),
    ({ summary }) => describeCounts(summary.counts),
  );
  return conclude(request, code, results);
}

function conclude(
  { folder, role, affected, rollout, keep = [], leftOut = [], removed }: PlanRequest,
  code: CodeFacts,
  results: readonly StackResult<PlannedStack>[],
): PlanResult {
  const planned = valuesOf(results);
  const failures = failuresOf(results);
  if (failures.length === 0) refuseNotKept(keep, planned);
  const summaries = planned.map(({ summary }) => summary);
  const entries = planned.map(({ entry }) => entry);
  const manifest = entries.length === results.length ? manifestOf(entries, code, role) : undefined;
  if (manifest) folder.writeManifest(manifest);
  const markdown = renderMarkdown({
    summaries,
    failures,
    leftOut,
    removed,
    affected,
    rollout,
    commit: code.commit,
  });
  folder.writeMarkdown(markdown);
  return { summaries, failures, leftOut, manifest, markdown };
}

function refuseNotKept(keep: readonly string[], planned: readonly PlannedStack[]): void {
  const lost = notKept(
    keep,
    planned.map(({ entry, kept }) => ({ id: entry.id, kept })),
  );
  if (lost.length > 0)
    throw new SelectionError(
      "Nothing was planned",
      lost.map((address) => `--keep ${address}: no plan here destroys that`),
    );
}

function manifestOf(stacks: ManifestStack[], code: CodeFacts, role: string | undefined): Manifest {
  const waiting = stacks.filter((stack) => stack.requireApproval && hasChanges(stack));
  return {
    version: 1,
    createdAt: new Date().toISOString(),
    ...code,
    role: role ?? null,
    approval: [...new Set(waiting.map(({ environment }) => environment))],
    stacks,
  };
}
