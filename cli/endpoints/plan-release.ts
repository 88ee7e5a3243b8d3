import type { Release } from "../../core/releases";
import { hasChanges } from "../../deploy/plans/manifest/schema";
import { PlanFolder } from "../../deploy/plans/plan-folder";
import { printable } from "../../deploy/plans/render/printable";
import { planRelease } from "../../deploy/releases/release";
import { recordedReleases } from "../../operate/endpoints";
import { answerPlan } from "../plans/plan-answer";
import type { Answer } from "../command";
import type { Context } from "../context";
import { exitCodes } from "../errors";
import { detailsOf, type VersionDetails } from "../models/describe-version";
import { readQuality } from "../models/quality";
import { factsOf } from "../table";
import { heldOutOf } from "./held-out";
import { inEndpointStack } from "./run-release";
import type { EndpointTarget } from "./target";
import { evaluationOf, trainerAccess, type Candidate } from "./version";

/**
 * Plans a release into a folder, with what whoever approves it must know.
 * @throws Error where what does not serve yet could not be tested
 */
export async function planForApproval(
  context: Context,
  target: EndpointTarget,
  { release, described }: Candidate,
  out: string,
): Promise<Answer> {
  const { stackId, ssm, names } = target;
  const [serves] = await recordedReleases(ssm, names.parameter);
  if (serves?.key !== release.key) await heldOutOf(context, target, release.modelPackageArn);
  const quality = await readQuality(context, evaluationOf(described), (trainer) =>
    trainerAccess(context, target, trainer),
  );
  const question = questionOf(target, detailsOf(described, quality), serves);
  return inEndpointStack(context, target, async (session) => {
    const { runs, accounts, runner, signal } = session;
    const [stack] = session.stacks;
    if (!stack) throw new Error(`the estate has no stack ${stackId}`);
    const folder = new PlanFolder(context.path(out));
    const plan = await planRelease({ runs, accounts, runner, stack, release, folder });
    folder.writeQuestion(question, plan.markdown);
    const planned = answerPlan(context, { ...plan, out, uncommitted: [], interrupted: signal.aborted });
    const isDone = !plan.manifest.stacks.some(hasChanges) && serves?.key === release.key;
    return {
      json: { ...(planned.json as object), release, serves: serves ?? null },
      text: `${question}\n\n${planned.text}`,
      code: isDone ? exitCodes.done : exitCodes.pending,
    };
  });
}

/** Text from elsewhere is on one line each. */
function questionOf(
  { workload, model }: EndpointTarget,
  details: VersionDetails,
  serves: Release | undefined,
): string {
  const { version, metrics = {}, metricsUnreadable, approval, approvalDescription } = details;
  const measured = Object.entries(metrics).map(([name, value]) => `${name} ${value.toFixed(4)}`);
  return factsOf({
    Release: `version ${version ?? ""} of ${model.name} to ${workload.name}`,
    Package: details.modelPackageArn,
    Approval: printable([approval, approvalDescription].filter(Boolean).join(" ")),
    Metrics: printable(measured.join(", ") || (metricsUnreadable ?? "none are registered")),
    "Serves now": serves ? `version ${serves.version}` : "nothing",
  }).join("\n");
}
