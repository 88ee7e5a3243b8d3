import { isDeepStrictEqual } from "node:util";
import type { IdentityStatement } from "../../core/policy";

/**
 * Which actions of some statements a policy does not allow on all of their resources; it may allow more.
 * @param document of the policy, as JSON
 */
export function missingFrom(document: string, wanted: readonly IdentityStatement[]): string[] {
  const { Statement } = JSON.parse(document) as { readonly Statement: readonly IdentityStatement[] };
  const missing = wanted.flatMap((statement) =>
    statement.Action.filter((action) => !Statement.some((given) => allows(given, statement, action))),
  );
  return [...new Set(missing)];
}

const allows = (given: IdentityStatement, wanted: IdentityStatement, action: string): boolean =>
  given.Effect === wanted.Effect &&
  isDeepStrictEqual(given.Condition, wanted.Condition) &&
  given.Action.includes(action) &&
  wanted.Resource.every((resource) => given.Resource.includes(resource));
