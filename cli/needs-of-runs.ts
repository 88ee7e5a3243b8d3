import type { NeedOfRun } from "../stacks/asked-for";

/**
 * What only runs know, for people: a line a pipeline with the environments that it is in, below it one for each extent of what
 * its role may, with all that this holds of.
 */
export const describeNeeds = (needs: readonly NeedOfRun[]): string[] =>
  [...grouped(needs, ({ pipeline }) => pipeline)].flatMap(([pipeline, ofPipeline]) => [
    `${pipeline} (${environmentsOf(ofPipeline).join(", ")}), what only a run knows:`,
    ...byExtent(ofPipeline).map((line) => `  ${line}`),
  ]);

/** Needs that are allowed alike in every environment share a line. */
function byExtent(needs: readonly NeedOfRun[]): string[] {
  const uses = [...grouped(needs, ({ step, may, field, from }) => JSON.stringify([step, may, field, from]))];
  const alike = grouped(uses, ([, everywhere]) => extentOf(everywhere, environmentsOf(needs)));
  return [...alike].map(([extent, same]) => {
    const steps = grouped(
      same.flatMap(([, [need]]) => need ?? []),
      ({ step, may }) => `${step} may ${may}`,
    );
    const told = [...steps].map(([who, fields]) => `${who} ${fields.map(describe).join(", ")}`);
    return `${told.join("; ")}: ${extent}`;
  });
}

const describe = ({ field, from }: NeedOfRun): string => `${field} (${from})`;

function extentOf(needs: readonly NeedOfRun[], environments: readonly string[]): string {
  const extents = grouped(needs, ({ allowed }) => allowed ?? "nothing lets it");
  return [...extents]
    .map(([extent, same]) => {
      const within = environmentsOf(same);
      return within.length === environments.length ? extent : `${extent} (${within.join(", ")})`;
    })
    .join(", ");
}

const environmentsOf = (needs: readonly NeedOfRun[]): string[] => [
  ...new Set(needs.map(({ environment }) => environment)),
];

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
