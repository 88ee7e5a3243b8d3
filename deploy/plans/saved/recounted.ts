import { isDeepStrictEqual } from "node:util";
import type { Loss, ManifestStack } from "../manifest/schema";
import { describeCounts } from "../render/counts";
import type { Counts } from "../summary";

/** What a saved plan does by its own account, beside what its manifest says of it: a clause for each that differs. */
export function recountDifferences(
  said: Pick<ManifestStack, "counts" | "losses">,
  found: { readonly counts: Counts; readonly losses: readonly Loss[] },
): string[] {
  const unsaid = (losses: readonly Loss[], others: readonly Loss[]): Loss[] =>
    losses.filter((loss) => !others.some((other) => isDeepStrictEqual(other, loss)));
  return [
    ...(isDeepStrictEqual({ ...said.counts }, { ...found.counts })
      ? []
      : [
          `the manifest says ${describeCounts(said.counts)}, the saved plan itself ${describeCounts(found.counts)}`,
        ]),
    ...unsaid(found.losses, said.losses).map(
      ({ address, action, losing }) =>
        `the saved plan would ${action} ${address} and lose ${losing}, of which the manifest says nothing`,
    ),
    ...unsaid(said.losses, found.losses).map(
      ({ address }) => `the manifest says that ${address} would be lost, and the saved plan keeps it`,
    ),
  ];
}
