import { anonymousPrincipal, type SimulationRequestPrincipal } from "@cloud-copilot/iam-simulate";
import { evaluate } from "./evaluate";
import { mayMatch } from "./may-match";
import type { Guarded, NamedPolicy, Policies } from "./policies";
import type { AccessPrincipal } from "./principals";
import type { Question, RequestContext } from "./question";

/** `notApplicable`: the action does not act on such a resource. */
export type Verdict = "allowed" | "denied" | "notApplicable";

/**
 * Whether a principal may do one thing, by all policies together: its own, the resource's, both across accounts.
 * Requests are encrypted in transport; keys of context that AWS does not give for an action are left out.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export async function simulate(
  principal: AccessPrincipal,
  question: Question,
  { guarded }: Policies,
): Promise<Verdict> {
  const guard = guardOf(question.resource, guarded);
  if (!mayMatch(principal, question, guard)) return "denied";
  return ask(principal.arn ?? anonymousPrincipal, question, {
    own: principal.policies,
    guard,
    who: identityOf(principal),
  });
}

/** Whether an AWS service may, by a resource's policy, with keys that say for whom it asks. */
export const simulateService = (
  service: string,
  question: Question,
  who: RequestContext,
  { guarded }: Policies,
): Promise<Verdict> => ask(service, question, { own: [], guard: guardOf(question.resource, guarded), who });

interface Deciding {
  /** The asking one's own policies. */
  readonly own: readonly NamedPolicy[];
  readonly guard: Guarded | undefined;
  readonly who: RequestContext;
}

async function ask(
  principal: SimulationRequestPrincipal,
  { action, resource, account, when }: Question,
  { own, guard, who }: Deciding,
): Promise<Verdict> {
  const decision = await evaluate({
    ...{ principal, action, resource, account },
    context: { ...contextOf(account, guard), ...who, ...when },
    identityPolicies: own,
    ...(guard?.policy && { resourcePolicy: guard.policy }),
  });
  if (decision === "NotApplicable") return "notApplicable";
  return decision === "Allowed" ? "allowed" : "denied";
}

const identityOf = ({ arn, account }: AccessPrincipal): RequestContext => ({
  ...(arn && { "aws:PrincipalArn": arn }),
  ...(account && { "aws:PrincipalAccount": account }),
});

/** What AWS itself says of every request to a resource. */
function contextOf(account: string, guard: Guarded | undefined): RequestContext {
  const alias = guard?.type === "aws_kms_key" ? guard.arn.replace(/^.*:key\//, "alias/") : undefined;
  return {
    "aws:SecureTransport": "true",
    "aws:ResourceAccount": account,
    ...(alias && { "kms:ResourceAliases": [alias] }),
  };
}

/** What guards a resource: its own policy, that of the bucket an object is in, or that of the group a model version is in. */
export function guardOf(resource: string, guarded: readonly Guarded[]): Guarded | undefined {
  return guarded.find(
    ({ arn, type }) =>
      arn === resource ||
      (type === "aws_s3_bucket" && resource.startsWith(`${arn}/`)) ||
      (type === "aws_sagemaker_model_package_group" &&
        resource.startsWith(`${arn.replace(":model-package-group/", ":model-package/")}/`)),
  );
}
