import type { IamStatement } from "./permissions";

const prefix = "s3:prefix";

/**
 * Statements with the same actions and condition become one, listings of one bucket too, for a policy is soon full; order and
 * duplicates do not matter.
 */
export function unionOf(statements: readonly IamStatement[]): IamStatement[] {
  const listings = statements.filter(isListing);
  const others = statements.filter((statement) => !isListing(statement));
  return merged([...others, ...listingsByBucket(listings)]);
}

function merged(statements: readonly IamStatement[]): IamStatement[] {
  const byWhat = grouped(statements, ({ Action, Condition }) => [Action.toSorted(), Condition]);
  return [...byWhat.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, [first, ...more]]) => ({
      ...first,
      Resource: unique([first, ...more].flatMap(({ Resource }) => Resource)),
    }));
}

const prefixesIn = ({ Condition }: IamStatement): readonly string[] =>
  [Condition?.StringLike?.[prefix] ?? []].flat();

const isListing = (statement: IamStatement): boolean => prefixesIn(statement).length > 0;

const listingsByBucket = (listings: readonly IamStatement[]): IamStatement[] =>
  [
    ...grouped(listings, ({ Action, Resource, Condition }) => [
      Action,
      Resource,
      { ...Condition, StringLike: { ...Condition?.StringLike, [prefix]: [] } },
    ]).values(),
  ].map(([first, ...more]) => ({
    ...first,
    Condition: {
      ...first.Condition,
      StringLike: {
        ...first.Condition?.StringLike,
        [prefix]: unique([first, ...more].flatMap(prefixesIn)),
      },
    },
  }));

type Group = readonly [IamStatement, ...IamStatement[]];

function grouped(
  statements: readonly IamStatement[],
  by: (statement: IamStatement) => unknown,
): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const statement of statements) {
    const key = JSON.stringify(by(statement));
    const group = groups.get(key);
    groups.set(key, group ? [...group, statement] : [statement]);
  }
  return groups;
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)].toSorted();
