import { isDeepStrictEqual } from "node:util";
import { holdsStandIn, withAnyIds } from "../../core/drawn-ids";
import type { Condition, IdentityStatement } from "../../core/policy";

/**
 * Which actions of some statements a policy does not allow on all of their resources, or refuses where they do not; it may allow
 * more. Where the statements have texts for ids that AWS draws, any ids will do.
 * @param document of the policy, as JSON
 */
export function missingFrom(document: string, wanted: readonly IdentityStatement[]): string[] {
  const text = JSON.stringify(wanted);
  if (holdsStandIn(text))
    return missingFrom(withAnyIds(document), JSON.parse(withAnyIds(text)) as readonly IdentityStatement[]);
  const { Statement } = JSON.parse(document) as { readonly Statement: readonly IdentityStatement[] };
  const refused = Statement.filter(
    (given) => given.Effect === "Deny" && !wanted.some((other) => isSameRefusal(given, other)),
  ).flatMap(({ Action }) => Action);
  const missing = wanted
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap((statement) =>
      statement.Action.filter(
        (action) =>
          refused.includes(action) ||
          !singlesOf(statement).every((single) => Statement.some((given) => allows(given, single, action))),
      ),
    );
  return [...new Set(missing)];
}

const isSameRefusal = (given: IdentityStatement, other: IdentityStatement): boolean =>
  other.Effect === "Deny" &&
  isDeepStrictEqual(given.Action, other.Action) &&
  isDeepStrictEqual(given.Condition, other.Condition);

const allows = (given: IdentityStatement, wanted: Single, action: string): boolean =>
  given.Effect === "Allow" &&
  given.Action.includes(action) &&
  given.Resource.includes(wanted.resource) &&
  isNoNarrower(given.Condition, wanted.condition);

/** One resource of a statement, under one value for each condition that names several. */
interface Single {
  readonly resource: string;
  readonly condition: Condition;
}

const singlesOf = ({ Resource, Condition = {} }: IdentityStatement): Single[] =>
  Resource.flatMap((resource) => singleConditions(Condition).map((condition) => ({ resource, condition })));

const singleConditions = (condition: Condition): Condition[] =>
  Object.entries(condition).reduce<Condition[]>(
    (all, [operator, keys]) =>
      Object.entries(keys).reduce(
        (found, [key, values]) =>
          found.flatMap((one) =>
            (meansAnyOf(operator) ? [values].flat() : [values]).map((value) => ({
              ...one,
              [operator]: { ...one[operator], [key]: value },
            })),
          ),
        all,
      ),
    [{}],
  );

/** Several values of such an operator are alternatives. */
const meansAnyOf = (operator: string): boolean => /^(ForAnyValue:)?(String|Arn)(Equals|Like)$/.test(operator);

/** Conditions add up: one that demands a part of what another does, or knows more alternatives, lets more through. */
const isNoNarrower = (given: Condition = {}, wanted: Condition): boolean =>
  Object.entries(given).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => {
      const value = wanted[operator]?.[key];
      return meansAnyOf(operator)
        ? [values].flat().some((one) => one === value)
        : isDeepStrictEqual(values, value);
    }),
  );
