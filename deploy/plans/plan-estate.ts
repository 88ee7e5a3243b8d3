import type { StackDescription } from "../../stacks/list";
import { explain } from "../estate/remedies";
import { failuresOf, valuesOf, type StackFailure, type StackResult } from "../estate/stack-runner";
import { SelectionError } from "../estate/select-stacks";
import { notKept } from "./kept-resources";
import { codeFacts, type CodeFacts } from "./manifest/code-facts";
import { hasChanges, type Manifest, type ManifestStack } from "./manifest/schema";
import { planStack, type PlannedStack } from "./plan-stack";
import { describeCounts } from "./render/counts";
import type { PlanCheck } from "./check-plans";
import type { PlanSurroundings } from "./surroundings";
import { renderMarkdown } from "./render/markdown";
import type { StackSummary } from "./summary";

export interface PlanRequest extends PlanCheck, PlanSurroundings {
  readonly stacks: readonly StackDescription[];
  /** Whether the summaries say what becomes of each attribute, which takes a start of the provider. @default true */
  readonly attributes?: boolean;
  /** Addresses of what the code has no more and is to stay on AWS. @default none but pipelines' files */
  readonly keep?: readonly string[];
  /** Role that the synthesised stacks assume instead of their own. */
  readonly role?: string | undefined;
}

/** What planning many stacks came to. */
export interface PlanResult {
  readonly summaries: readonly StackSummary[];
  readonly failures: readonly StackFailure[];
  /** Undefined where a stack failed: what was planned in part is not for applying. */
  readonly manifest: Manifest | undefined;
  /** SHA-256 of the manifest as it was written. */
  readonly digest: string | undefined;
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
  request: PlanRequest,
  code: CodeFacts,
  results: readonly StackResult<PlannedStack>[],
): PlanResult {
  const { folder, role, keep = [] } = request;
  const planned = valuesOf(results);
  const failures = failuresOf(results);
  if (failures.length === 0) refuseNotKept(keep, planned);
  const summaries = planned.map(({ summary }) => summary);
  const entries = planned.map(({ entry }) => entry);
  const manifest = entries.length === results.length ? manifestOf(entries, code, role) : undefined;
  const digest = manifest && folder.writeManifest(manifest);
  const markdown = renderMarkdown({ ...request, summaries, failures, commit: code.commit });
  folder.writeMarkdown(markdown);
  return { summaries, failures, manifest, digest, markdown };
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
