import type { StackDescription } from "../../stacks/list";
import type { Affected } from "../affected";
import type { StackRuns } from "../estate/stack-runs";
import { explain } from "../estate/remedies";
import type { StackFailure, StackRunner } from "../progress/stack-runner";
import { hashFolder } from "../synthesis/hashes";
import { codeFacts, type CodeFacts } from "./manifest/code-facts";
import { hasChanges, type Manifest, type ManifestStack } from "./manifest/schema";
import type { PlanFolder } from "./plan-folder";
import { planStack, type PlannedStack } from "./plan-stack";
import { describeCounts } from "./render/counts";
import { renderMarkdown } from "./render/markdown";
import type { StackSummary } from "./summary";

export interface PlanRequest {
  readonly runs: StackRuns;
  readonly stacks: readonly StackDescription[];
  readonly folder: PlanFolder;
  readonly runner: StackRunner;
  /** Why these stacks, where a change says which. */
  readonly affected?: Affected | undefined;
  /** Role that the synthesised stacks assume instead of their own. */
  readonly role?: string | undefined;
}

/** What planning many stacks came to. */
export interface PlanResult {
  readonly summaries: readonly StackSummary[];
  readonly failures: readonly StackFailure[];
  /** Undefined where a stack failed: what was planned in part is not for applying. */
  readonly manifest: Manifest | undefined;
  /** The summaries as Markdown, for a pull request. */
  readonly markdown: string;
}

/**
 * Plans stacks side by side into a folder of plans. A stack that fails leaves its neighbours running.
 * @throws PlanFolderError where the folder holds something else
 */
export async function planEstate(request: PlanRequest): Promise<PlanResult> {
  const { runs, stacks, folder, runner } = request;
  folder.prepare(stacks.map(({ id }) => id));
  const hashes = new Map(stacks.map(({ id }) => [id, hashFolder(runs.directoryOf(id)) ?? ""]));
  const code = await codeFacts(runs.tool);
  const planned = new Map<string, PlannedStack>();
  await runner.each(stacks, async (stack, report) => {
    const options = { runs, folder, synthHash: hashes.get(stack.id) ?? "" };
    const result = await planStack(options, stack, report).catch(explain(stack));
    planned.set(stack.id, result);
    return describeCounts(result.summary.counts);
  });
  return conclude(request, code, inOrder(stacks, planned));
}

const inOrder = (stacks: readonly StackDescription[], planned: Map<string, PlannedStack>): PlannedStack[] =>
  stacks.flatMap(({ id }) => planned.get(id) ?? []);

function conclude(
  { folder, runner, role, stacks, affected }: PlanRequest,
  code: CodeFacts,
  planned: readonly PlannedStack[],
): PlanResult {
  const summaries = planned.map(({ summary }) => summary);
  const { failures } = runner;
  const whole = planned.length === stacks.length;
  const manifest = whole
    ? manifestOf(
        planned.map(({ entry }) => entry),
        code,
        role,
      )
    : undefined;
  if (manifest) folder.writeManifest(manifest);
  const markdown = renderMarkdown({ summaries, failures, affected, commit: code.commit });
  folder.writeMarkdown(markdown);
  return { summaries, failures, manifest, markdown };
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
