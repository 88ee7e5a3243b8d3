import type { PolicyStatement } from "../core/policy";
import type { PolicyDocument } from "./policies";
import { matchesAction } from "./wildcards";

/** By document, then by action: the same few are asked of in most requests. */
const known = new WeakMap<PolicyDocument, Map<string, PolicyDocument>>();

/** A policy without the statements that name other actions only, which decide nothing about this one. */
export function aboutAction(policy: PolicyDocument, action: string): PolicyDocument {
  const byAction = known.get(policy) ?? new Map<string, PolicyDocument>();
  known.set(policy, byAction);
  const made = byAction.get(action) ?? {
    ...policy,
    Statement: policy.Statement.filter((statement) => speaksOf(statement, action)),
  };
  byAction.set(action, made);
  return made;
}

/** Policies of others may have one action instead of a list, actions that are excepted, or `?` for any character. */
function speaksOf({ Action }: Partial<PolicyStatement>, action: string): boolean {
  if (Action === undefined) return true;
  return [Action].flat().some((pattern) => pattern.includes("?") || matchesAction(pattern, action));
}
