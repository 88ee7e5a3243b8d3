import { evaluate } from "../../audit/evaluate";
import type { RequestContext } from "../../audit/question";
import type { Call } from "./call";
import { needsOf, type Need } from "./questions";
import type { Guard, Standing } from "./standing";

/** Whether a call may be made. */
export interface Verdict {
  readonly needs: readonly Need[];
  /** As AWS says it; none: it may. */
  readonly refusal?: string;
}

/** Judges one call by every policy that stands. */
export async function authorize(call: Call, standing: Standing): Promise<Verdict> {
  const needs = await needsOf(call);
  for (const need of needs) {
    const refusal = await refusalOf(need, call, standing);
    if (refusal !== undefined) return { needs, refusal };
  }
  return { needs };
}

async function refusalOf(
  { action, resource, when }: Need,
  { caller }: Call,
  standing: Standing,
): Promise<string | undefined> {
  const role = standing.roleOf(caller.role);
  const guard = standing.guardOf(resource);
  const account = guard?.account ?? accountIn(resource) ?? caller.account;
  const decision = await evaluate({
    ...{ principal: caller.role, action, resource, account },
    context: {
      ...boundaryOf(action, resource, standing),
      ...when,
      "aws:ResourceAccount": account,
      ...(guard && guard.aliases.length > 0 && { "kms:ResourceAliases": guard.aliases }),
      ...tagsOf(guard),
    },
    identityPolicies: role?.policies ?? [],
    ...(role?.boundary && { boundary: role.boundary }),
    ...(guard?.policy && { resourcePolicy: guard.policy }),
  });
  if (decision === "Allowed") return undefined;
  const why =
    decision === "ExplicitlyDenied"
      ? "with an explicit deny"
      : `because no policy allows the ${action} action`;
  return `User: ${caller.session} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
}

/** The boundary of the role that a call changes; of one that is made, the call says it. */
function boundaryOf(action: string, resource: string, standing: Standing): RequestContext {
  const arn = action.startsWith("iam:") ? standing.roleOf(resource)?.boundary?.name : undefined;
  return arn === undefined ? {} : { "iam:PermissionsBoundary": arn };
}

const tagsOf = (guard: Guard | undefined): RequestContext =>
  Object.fromEntries(
    Object.entries(guard?.tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
  );

const accountIn = (arn: string): string | undefined => /^arn:[^:]*:[^:]*:[^:]*:(\d+):/.exec(arn)?.[1];
