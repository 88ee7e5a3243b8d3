import type { StackDescription } from "../../stacks/list";
import { repository } from "../../tools/paths";
import { Refusal } from "../estate/refusal";
import type { AppliedRecord } from "../estate/applied-record";
import type { StackResult } from "../estate/stack-runner";
import { wavesOf } from "../estate/waves";
import { approvalDifferences, approvalRefusals, type Approval } from "./approval";
import { applyStack, type AppliedStack, type Application } from "./apply-stack";
import { checkedPlan, checkPlans, type PlanCheck, type Planned } from "./check-plans";
import { codeFacts } from "./manifest/code-facts";
import { codeDifferences } from "./manifest/differences";
import { hasChanges, type Manifest, type ManifestStack } from "./manifest/schema";
import { olderCommitRefusals } from "./older-commit";
import { lackingPrerequisites } from "./prerequisites";
import { stillUsed } from "./still-used";
import { takenNames } from "./taken-names";
import { lossRefusals } from "./permitted-losses";

export interface ApplyRequest extends PlanCheck {
  readonly manifest: Manifest;
  /** The manifest's entries to apply, each with the stack it is of. */
  readonly planned: readonly Planned[];
  /** Addresses of what holds data and may be destroyed all the same. */
  readonly allowed: readonly string[];
  /**
   * Digest of the manifest where that was read from a folder: anybody may have written it and the plans beside it, so what it says of them is
   * computed again. @default undefined: this process has just planned
   */
  readonly digest?: string;
  /** Who may approve, and who did. @default it is for the caller to know */
  readonly approval?: Approval | undefined;
  /** The CI server's build. @default a person applies */
  readonly build?: string | undefined;
  /** Is told of each stack as soon as it is applied. */
  readonly onApplied?: ((stack: StackDescription) => void) | undefined;
}

/** What was applied last, by the stack's id. */
type Records = ReadonlyMap<string, AppliedRecord | undefined>;

/** What became of one stack's plan. */
export interface ApplyOutcome {
  readonly stack: string;
  /** Applied: now. Before: by an earlier run over the same folder. */
  readonly outcome: "applied" | "before" | "unchanged" | "failed" | "interrupted" | "not begun";
  readonly applied?: AppliedStack;
  readonly reason?: string;
  /** How long the apply took. */
  readonly seconds?: number;
}

/**
 * Applies exactly the saved plans, in the order that a new estate needs. A stack that fails leaves its neighbours
 * running, and its dependants are begun all the same: they fail by themselves where they need it.
 * @throws Refusal with all that differs from the time of the plan, before anything is applied
 */
export async function applyEstate(request: ApplyRequest): Promise<ApplyOutcome[]> {
  const records = await recordsOf(request);
  const waiting = request.planned.filter(({ entry }) => !wasApplied(records, entry));
  await refuseWhatDiffers(request, waiting, records);
  const application = applicationOf(request);
  const results: StackResult<AppliedStack>[] = [];
  for (const { stacks } of wavesOf(dueOf(waiting))) {
    const ended = await request.runner.each(
      stacks,
      async (stack, report) => {
        const applied = await applyStack(application, entryOf(request, stack), stack, report);
        request.onApplied?.(stack);
        return applied;
      },
      ({ added, changed, destroyed }) => `${added} added, ${changed} changed, ${destroyed} destroyed`,
    );
    results.push(...ended);
  }
  return request.planned.map(({ entry }) =>
    outcomeOf(
      records,
      entry,
      results.find(({ stack }) => stack.id === entry.id),
    ),
  );
}

function entryOf({ planned }: ApplyRequest, { id }: StackDescription): ManifestStack {
  const found = planned.find(({ entry }) => entry.id === id);
  if (!found) throw new Error(`no plan of ${id}`);
  return found.entry;
}

const applicationOf = (request: ApplyRequest): Application => ({
  ...request,
  manifestDigest: request.digest ?? null,
  commit: request.manifest.commit.id,
  approvedBy: request.approval?.approvedBy ?? null,
  build: request.build ?? null,
});

async function recordsOf({ accounts, planned }: ApplyRequest): Promise<Records> {
  const stacks = planned.flatMap(({ stack }) => stack ?? []);
  const records = stacks.map(
    async (stack) => [stack.id, await (await accounts.stateOf(stack)).record()] as const,
  );
  return new Map(await Promise.all(records));
}

/** An earlier run over these plans got so far; without its record, the state has moved on and the plan is refused. */
const wasApplied = (records: Records, { id, planHash }: ManifestStack): boolean =>
  records.get(id)?.planHash === planHash;

/** The stacks that are to be applied. */
const dueOf = (waiting: readonly Planned[]): StackDescription[] =>
  waiting.flatMap(({ entry, stack }) => (stack && hasChanges(entry) ? [stack] : []));

async function refuseWhatDiffers(
  request: ApplyRequest,
  waiting: readonly Planned[],
  records: Records,
): Promise<void> {
  const { manifest, runs, allowed, digest } = request;
  const facts = await codeFacts(runs.tool);
  const code = codeDifferences(manifest, facts);
  const plans = await checkPlans({ ...request, readBack: digest !== undefined }, waiting);
  const due = waiting.flatMap(({ entry, stack }) =>
    stack && hasChanges(entry) ? [{ stack, record: records.get(stack.id), said: entry.requireApproval }] : [],
  );
  const differences = [...plans.differences, ...approvalDifferences(due)];
  runs.signal?.throwIfAborted();
  const unchecked = plans.failures.map(({ stack, reason }) => `${stack}: ${reason}`);
  const done = request.planned.filter((plan) => !waiting.includes(plan));
  const losses = lossRefusals(entriesOf(waiting), allowed, entriesOf(done), keeping);
  const lacking = await lackingPrerequisites(request.accounts, dueOf(waiting));
  const making = waiting.filter(({ entry: { counts } }) => counts.create + counts.replace > 0);
  const taken = await takenNames(request.accounts, dueOf(making), runs.directoryOf);
  const destroying = waiting.filter(({ entry: { counts } }) => counts.destroy + counts.replace > 0);
  // What could not be compared has no plan to read.
  const used =
    differences.length + unchecked.length > 0
      ? []
      : await Promise.all(
          dueOf(destroying).map((stack) =>
            stillUsed(request.accounts, stack, checkedPlan(runs.directoryOf(stack.id))),
          ),
        );
  const reasons = [
    ...roleRefusal(manifest),
    ...code,
    ...differences,
    ...unchecked,
    ...(request.approval ? await approvalRefusals(request.approval, due, facts, repository) : []),
    ...(request.approval ? await olderCommitRefusals(due, facts, repository) : []),
    ...losses,
    ...lacking,
    ...taken,
    ...used.flat(),
  ];
  if (reasons.length === 0) return;
  const remedy =
    code.length + differences.length > 0 ? ["Plan again: only what was planned on this is applied"] : [];
  throw new Refusal("Nothing was applied", [...reasons, ...remedy]);
}

const keeping = (address: string): string => `to keep it on AWS: plan with --keep '${address}'; `;

const entriesOf = (plans: readonly Planned[]): ManifestStack[] => plans.map(({ entry }) => entry);

const roleRefusal = ({ role }: Manifest): string[] =>
  role === null
    ? []
    : [`planned with the role ${role} instead of the stacks' own: such a plan is for reading only`];

function outcomeOf(
  records: Records,
  entry: ManifestStack,
  result: StackResult<AppliedStack> | undefined,
): ApplyOutcome {
  const { id: stack } = entry;
  if (result?.outcome === "succeeded")
    return { stack, outcome: "applied", applied: result.value, seconds: result.seconds };
  if (result?.outcome === "failed") return { stack, outcome: "failed", reason: result.reason };
  if (result) return { stack, outcome: result.outcome };
  return { stack, outcome: wasApplied(records, entry) ? "before" : "unchanged" };
}
