import { isDeepStrictEqual } from "node:util";
import type { Condition, IdentityStatement } from "../../core/policy";

/**
 * Which actions of some statements a policy does not allow on all of their resources, or refuses where they do not; it may allow
 * more.
 * @param document of the policy, as JSON
 */
export function missingFrom(document: string, wanted: readonly IdentityStatement[]): string[] {
  const { Statement } = JSON.parse(document) as { readonly Statement: readonly IdentityStatement[] };
  const refused = Statement.filter(
    (given) => given.Effect === "Deny" && !wanted.some((other) => isSameRefusal(given, other)),
  ).flatMap(({ Action }) => Action);
  const missing = wanted
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap((statement) =>
      statement.Action.filter(
        (action) => refused.includes(action) || !Statement.some((given) => allows(given, statement, action)),
      ),
    );
  return [...new Set(missing)];
}

const isSameRefusal = (given: IdentityStatement, other: IdentityStatement): boolean =>
  other.Effect === "Deny" &&
  isDeepStrictEqual(given.Action, other.Action) &&
  isDeepStrictEqual(given.Condition, other.Condition);

const allows = (given: IdentityStatement, wanted: IdentityStatement, action: string): boolean =>
  given.Effect === "Allow" &&
  isNoNarrower(given.Condition, wanted.Condition) &&
  given.Action.includes(action) &&
  wanted.Resource.every((resource) => given.Resource.includes(resource));

/** Conditions add up: one that demands a part of what another does lets more through. */
const isNoNarrower = (given: Condition = {}, wanted: Condition = {}): boolean =>
  Object.entries(given).every(([operator, keys]) =>
    Object.entries(keys).every(([key, value]) => isDeepStrictEqual(value, wanted[operator]?.[key])),
  );
