import { spreadOf, type Spread } from "./statistics";

/** What is counted. */
export type Unit = "s" | "ms" | "MB" | "ms/stack" | "1/s";

/** One side of a comparison. */
export interface Figure {
  /** What was run, in a few words. */
  readonly label: string;
  readonly unit: Unit;
  /** One figure a round. */
  readonly rounds: readonly number[];
  /** Processor seconds of the whole process tree, one figure a round; undefined where the system does not tell. */
  readonly cpuSeconds?: readonly number[] | undefined;
}

/** A limit that is wished for. */
export interface Goal {
  readonly text: string;
  readonly met: boolean;
}

/** One line of the table. */
export interface Row {
  readonly measure: string;
  readonly what: string;
  readonly ours: Figure;
  readonly baseline?: Figure | undefined;
  readonly ratio?: Ratio | undefined;
  /** Undefined where the line is for information. */
  readonly goal?: Goal | undefined;
  /** What to know to read the line. */
  readonly notes?: readonly string[];
}

export interface Ratio extends Spread {
  readonly of: "ours / baseline" | "baseline / ours";
}

/** A goal that a ratio may not exceed. */
export const atMost = (ratio: Ratio, limit: number): Goal => ({
  text: `at most ${limit}×`,
  met: ratio.median <= limit,
});

/** A goal of being this many times faster. */
export const timesFaster = (ratio: Ratio, limit: number): Goal => ({
  text: `${limit}× faster`,
  met: ratio.median >= limit,
});

/** A goal that the median of figures stays under. */
export const under = ({ rounds, unit }: Figure, limit: number): Goal => ({
  text: `under ${limit} ${unit}`,
  met: spreadOf(rounds).median < limit,
});
