import type { PolicyStatement } from "../core/policy";
import { aboutAction } from "./about-action";
import type { Guarded } from "./policies";
import type { AccessPrincipal } from "./principals";
import type { Question } from "./question";
import { matches } from "./wildcards";

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
  const { action, resource } = question;
  const given = principal.policies.some(({ policy }) =>
    aboutAction(policy, action).Statement.some((statement) => allowsOn(statement, resource)),
  );
  const letIn =
    guard?.policy !== undefined &&
    aboutAction(guard.policy, action).Statement.some(
      (statement) => names(statement, principal) && allowsOn(statement, resource),
    );
  if (principal.account === undefined) return letIn;
  return principal.account === question.account ? given || letIn : given && letIn;
}

const allowsOn = ({ Effect, Resource }: PolicyStatement, resource: string): boolean =>
  Effect === "Allow" && (Resource ?? ["*"]).some((pattern) => matches(pattern, resource));

/** Whether a resource's policy can mean a principal: everyone, or somebody of its account. */
function names({ Principal }: PolicyStatement, { account }: AccessPrincipal): boolean {
  if (Principal === "*") return true;
  if (account === undefined || !Principal || !("AWS" in Principal)) return false;
  return Principal.AWS.some((arn) => arn.split(":")[4] === account);
}
