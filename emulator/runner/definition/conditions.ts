import { resolve, type Scope } from "./resolve";

interface Condition {
  readonly Type: string;
  readonly LeftValue?: unknown;
  readonly RightValue?: unknown;
  readonly QueryValue?: unknown;
  readonly Values?: readonly unknown[];
  readonly Condition?: unknown;
  readonly Conditions?: readonly unknown[];
}

type Scalar = string | number | boolean;

const comparisons: Readonly<Record<string, (left: Scalar, right: Scalar) => boolean>> = {
  Equals: (left, right) => left === right,
  GreaterThan: (left, right) => left > right,
  GreaterThanOrEqualTo: (left, right) => left >= right,
  LessThan: (left, right) => left < right,
  LessThanOrEqualTo: (left, right) => left <= right,
};

/** Kinds of condition the runner evaluates. */
export const conditionTypes: readonly string[] = [...Object.keys(comparisons), "In", "Or", "Not"];

/** Names of the condition kinds in a list of conditions, inner ones too. */
export function typesOf(conditions: readonly unknown[]): string[] {
  return (conditions as readonly Condition[]).flatMap(({ Type, Condition, Conditions }) => [
    Type,
    ...typesOf([...(Conditions ?? []), ...(Condition === undefined ? [] : [Condition])]),
  ]);
}

/**
 * Whether all conditions hold.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-condition
 * @throws UnresolvedReference where a value is not there
 * @throws TypeError where values of two kinds are compared
 */
export async function allHold(conditions: readonly unknown[], scope: Scope): Promise<boolean> {
  const outcomes = await Promise.all(conditions.map((each) => holds(each as Condition, scope)));
  return outcomes.every(Boolean);
}

async function holds(condition: Condition, scope: Scope): Promise<boolean> {
  if (condition.Type === "Not") return !(await holds(condition.Condition as Condition, scope));
  if (condition.Type === "Or") {
    const inner = (condition.Conditions ?? []) as readonly Condition[];
    return (await Promise.all(inner.map((each) => holds(each, scope)))).some(Boolean);
  }
  if (condition.Type === "In") {
    const query = await resolve(condition.QueryValue, scope);
    return ((await resolve(condition.Values, scope)) as unknown[]).some((value) => value === query);
  }
  const left = (await resolve(condition.LeftValue, scope)) as Scalar;
  const right = (await resolve(condition.RightValue, scope)) as Scalar;
  if (typeof left !== typeof right)
    throw new TypeError(
      `${condition.Type} cannot compare ${JSON.stringify(left)} and ${JSON.stringify(right)}`,
    );
  return comparisons[condition.Type]?.(left, right) ?? false;
}
