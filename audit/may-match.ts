import type { PolicyStatement } from "../core/policy";
import type { Guarded } from "./policies";
import type { AccessPrincipal } from "./principals";
import type { Question } from "./question";
import { matches, matchesAction } from "./wildcards";

/**
 * Whether any statement can allow a principal what is asked, conditions aside. Most questions are another's business, and
 * simulating them would take most of the time. Across
 * accounts it takes both the principal's own policies and the resource's.
 */
export function mayMatch(
  principal: AccessPrincipal,
  question: Question,
  guard: Guarded | undefined,
): boolean {
  const given = principal.policies.some(({ policy }) =>
    policy.Statement.some((statement) => covers(statement, question)),
  );
  const letIn = (guard?.policy?.Statement ?? []).some(
    (statement) => names(statement, principal) && covers(statement, question),
  );
  if (principal.account === undefined) return letIn;
  return principal.account === question.account ? given || letIn : given && letIn;
}

function covers({ Effect, Action, Resource }: PolicyStatement, { action, resource }: Question): boolean {
  return (
    Effect === "Allow" &&
    Action.some((pattern) => matchesAction(pattern, action)) &&
    (Resource ?? ["*"]).some((pattern) => matches(pattern, resource))
  );
}

/** Whether a resource's policy can mean a principal: everyone, or somebody of its account. */
function names({ Principal }: PolicyStatement, { account }: AccessPrincipal): boolean {
  if (Principal === "*") return true;
  if (account === undefined || !Principal || !("AWS" in Principal)) return false;
  return Principal.AWS.some((arn) => arn.split(":")[4] === account);
}
