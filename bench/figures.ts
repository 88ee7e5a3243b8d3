import { ratiosOf } from "./statistics";
import type { Figure, Ratio } from "./row";
import type { Timing } from "./timing";

/** Seconds from start to exit, a figure a round. */
export const secondsOf = (label: string, timings: readonly Timing[]): Figure => ({
  label,
  unit: "s",
  rounds: timings.map(({ seconds }) => seconds),
  cpuSeconds: timings.flatMap(({ cpuSeconds }) => cpuSeconds ?? []),
});

export const slower = (ours: Figure, baseline: Figure): Ratio => ({
  of: "ours / baseline",
  ...ratiosOf(ours.rounds, baseline.rounds),
});

export const faster = (ours: Figure, baseline: Figure): Ratio => ({
  of: "baseline / ours",
  ...ratiosOf(baseline.rounds, ours.rounds),
});
