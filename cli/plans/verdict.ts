import { printable } from "../../deploy/plans/render/printable";
import type { PlanResult } from "../../deploy/plans/plan-estate";
import type { PlanSurroundings } from "../../deploy/plans/surroundings";

/** What the last lines of a plan depend on. */
export interface Planned
  extends Pick<PlanResult, "summaries" | "failures" | "manifest" | "digest">, PlanSurroundings {
  /** Folder of the saved plans, as the user gave it. */
  readonly out: string | undefined;
  readonly interrupted: boolean;
  /** Files that the plan depends on and the commit lacks. */
  readonly uncommitted: readonly string[];
}

/** How a plan ended, and what to do next; it names no command that would be refused. */
export function verdict(planned: Planned): string[] {
  const { interrupted, failures, summaries, manifest } = planned;
  if (interrupted && !manifest) return ["Interrupted: nothing is saved that could be applied"];
  if (failures.length > 0)
    return [
      `Failed: ${failures.map(({ stack }) => stack).join(", ")}. Nothing is saved that could be applied`,
    ];
  const pending = summaries.filter(({ changes }) => changes.length > 0);
  if (pending.length === 0) return [nothingPending(planned)];
  return next(planned);
}

function nothingPending({ summaries, leftOut = [], rollout = [] }: Planned): string {
  if (!rollout.flat().every(({ planned }) => planned)) return "Nothing is pending in what is planned here";
  if (leftOut.length === 0) return "Nothing is pending";
  return summaries.length === 0 ? "Nothing was planned" : "Nothing is pending in the others";
}

function next({ summaries, manifest, digest, out, leftOut = [], uncommitted }: Planned): string[] {
  if (manifest && manifest.role !== null)
    return [
      `For reading only: planned with the role ${manifest.role} instead of the stacks' own, which apply refuses`,
    ];
  const what = leftOut.length === 0 ? "exactly this" : "exactly this, without what was not planned";
  if (summaries.some(({ stillUsed }) => stillUsed)) return ["Apply refuses this for now"];
  if (out === undefined || !manifest)
    return [
      ...notCommitted(uncommitted),
      `To apply ${what}: plan with --out DIR, then mlops apply --from DIR`,
    ];
  return [
    ...notCommitted(uncommitted),
    `To apply ${what}: mlops apply --from ${out}`,
    `Where others may write to that folder, add what they cannot change: --digest ${digest ?? ""}`,
  ];
}

const mostNamed = 5;

/** Committing makes another commit than the one that was planned. */
function notCommitted(files: readonly string[]): string[] {
  if (files.length === 0) return [];
  const more = files.length - mostNamed;
  const named = [...files.slice(0, mostNamed), ...(more > 0 ? [`${more} more`] : [])].map(printable);
  return [
    `Not committed: ${named.join(", ")}. Once they are, apply refuses this plan, which is of another commit: commit first, ` +
      "then plan again",
  ];
}
