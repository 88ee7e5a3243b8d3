import { Refusal } from "../../deploy/estate/refusal";
import { applyEstate } from "../../deploy/plans/apply-estate";
import { plannedOf } from "../../deploy/plans/check-plans";
import { planEstate } from "../../deploy/plans/plan-estate";
import { PlanFolder } from "../../deploy/plans/plan-folder";
import { describeResource } from "../../deploy/plans/render/details";
import { models } from "../../pipelines";
import { listStacks } from "../../stacks/list";
import type { Answer } from "../command";
import { confirmName } from "../confirm";
import type { Context } from "../context";
import { exitCodes, UsageError } from "../errors";
import { complainOf } from "../estate/failures";
import { withSynthesisedStacks } from "../estate/stack-session";
import { lossesOf } from "./next-steps";

interface StackDestruction {
  readonly allowed: readonly string[];
  /** The id, to confirm without being asked. */
  readonly yes: string | undefined;
}

/**
 * Plans a stack that the code has no more, which destroys what it holds, and applies that plan once it is confirmed.
 * @throws UsageError for a stack that the code has; Refusal where what holds data has not been allowed to go
 */
export function destroyStack(context: Context, id: string, given: StackDestruction): Promise<Answer> {
  const { estate, role = estate.shared.adminRole } = context;
  if (listStacks(estate, models).some((stack) => stack.id === id))
    throw new UsageError(
      `${id} is in the code: take it out of the environment files first, or it would come back`,
    );
  return withSynthesisedStacks(context, { ids: [id], role, removed: "by id" }, async (session) => {
    const { stacks, runs, runner, accounts, plans, signal } = session;
    const work = { runs, runner, accounts, folder: new PlanFolder(plans) };
    const { manifest, summaries, failures } = await planEstate({ ...work, stacks, attributes: false });
    if (!manifest) {
      complainOf(context, failures);
      return answer(id, false, signal.aborted);
    }
    const changes = summaries.flatMap((summary) => summary.changes);
    if (!context.json) context.err.print(changes.flatMap(describeResource).join("\n"));
    const refused = lossesOf(id, manifest.stacks, given.allowed);
    if (refused.length > 0) throw new Refusal("Nothing was destroyed", refused);
    await confirmName(context, { name: id, given: given.yes, signal });
    const planned = plannedOf(manifest, stacks);
    const outcomes = await applyEstate({ ...work, manifest, planned, allowed: given.allowed });
    complainOf(context, outcomes);
    return answer(
      id,
      outcomes.every(({ outcome }) => outcome === "applied"),
      signal.aborted,
    );
  });
}

function answer(id: string, gone: boolean, interrupted: boolean): Answer {
  if (gone) return { json: { destroyed: [id], left: [] }, text: `Nothing of ${id} is left` };
  const text = `${interrupted ? "Interrupted" : "Failed"}; still there: ${id}. The same command goes on from there`;
  return {
    json: { destroyed: [], left: [id] },
    text,
    code: interrupted ? exitCodes.interrupted : exitCodes.failed,
  };
}
