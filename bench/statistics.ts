/** The middle of several figures, and how far they go apart. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** @throws Error where there is no figure */
export function spreadOf(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) throw new Error("no figure was taken");
  const middle = (sorted.length - 1) / 2;
  const [low = min, high = min] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return { median: (low + high) / 2, min, max };
}

/**
 * Ratios of figures that were taken side by side, round by round: a machine that is slow for a while slows both.
 * @throws Error where the rounds are not the same
 */
export function ratiosOf(upper: readonly number[], lower: readonly number[]): Spread {
  if (upper.length !== lower.length)
    throw new Error(`${upper.length} rounds do not pair with ${lower.length}`);
  return spreadOf(upper.map((figure, round) => figure / (lower[round] ?? Number.NaN)));
}

/** The least of the figures that this part of them is not above; 0 where there are none. */
export const quantile = (figures: readonly number[], part: number): number =>
  figures.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(part * figures.length) - 1)] ?? 0;
