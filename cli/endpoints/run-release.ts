import type { Release } from "../../core/releases";
import { releaseVersion, type ReleaseResult, type SavedRelease } from "../../deploy/releases/release";
import { testEndpoint } from "../../deploy/releases/test-release";
import { PlanFolder } from "../../deploy/plans/plan-folder";
import type { StackSummary } from "../../deploy/plans/summary";
import { describeCounts } from "../../deploy/plans/render/counts";
import { describeResource } from "../../deploy/plans/render/details";
import type { Answer } from "../command";
import { confirmName } from "../confirm";
import type { Context } from "../context";
import { exitCodes } from "../errors";
import { withSynthesisedStacks, type StackSession } from "../estate/stack-session";
import { describeTest, heldOutOf } from "./held-out";
import type { EndpointTarget } from "./target";

/** How a release goes on from what is known of it. */
export interface ReleaseOptions {
  /** What was given instead of typing the endpoint's name. */
  readonly yes: string | undefined;
  /** A plan that was made before. @default it is planned now */
  readonly saved?: SavedRelease | undefined;
}

/**
 * Releases a version to an endpoint, and says how that went.
 * @throws Error where there is nothing to test it with, before anything is applied
 */
export async function runRelease(
  context: Context,
  target: EndpointTarget,
  release: Release,
  { yes, saved }: ReleaseOptions,
): Promise<Answer> {
  const { names, stackId, sagemaker, ssm } = target;
  const rows = await heldOutOf(context, target, release.modelPackageArn);
  return inEndpointStack(context, target, async (session) => {
    const { runs, accounts, runner, signal } = session;
    const [stack] = session.stacks;
    if (!stack) throw new Error(`the estate has no stack ${stackId}`);
    const result = await releaseVersion({
      ...{ runs, accounts, runner, stack, names, sagemaker, ssm, release, saved },
      folder: new PlanFolder(session.plans),
      confirm: async (plan) => {
        context.err.print(describePlan(context, plan));
        await confirmName(context, { name: stackId, given: yes, signal, why: "This changes what serves." });
      },
      test: () => testEndpoint(target.scoring(signal), rows),
      report: (line) => {
        context.err.print(line);
      },
    });
    return answer(stackId, result);
  });
}

/** Works on the endpoint's stack as whoever releases. */
export const inEndpointStack = <T>(
  context: Context,
  { stackId, by }: EndpointTarget,
  work: (session: StackSession) => Promise<T>,
): Promise<T> => {
  const role = context.role ?? (by === "administrator" ? context.estate.shared.adminRole : undefined);
  return withSynthesisedStacks(context, { ids: [stackId], role }, work);
};

function describePlan({ err }: Context, { changes, counts }: StackSummary): string {
  return [describeCounts(counts), ...changes.flatMap((change) => describeResource(change))]
    .map((line) => err.paint("dim", line))
    .join("\n");
}

function answer(stackId: string, result: ReleaseResult): Answer {
  const { release, before, test, refused } = result;
  const served = before === undefined ? "nothing" : `version ${before.version}`;
  if (refused === undefined)
    return {
      json: result,
      text: [
        `${stackId} serves version ${release.version}; before: ${served}`,
        ...(test ? [describeTest(test)] : []),
      ].join("\n"),
    };
  return {
    json: result,
    text: `Version ${release.version} was not released, ${served} serves: ${refused}`,
    code: exitCodes.failed,
  };
}
