import { describeDuration } from "../tools/duration";

/** A time as people read it: `2025-01-31 23:00:05 UTC`. */
export const timeOf = (time: Date | undefined): string =>
  time === undefined ? "" : `${time.toISOString().slice(0, 19).replace("T", " ")} UTC`;

/** A length of time as people read it; nothing where it is not known. */
export const durationOf = (seconds: number | undefined): string =>
  seconds === undefined ? "" : describeDuration(seconds);

export const secondsBetween = (from: Date | undefined, to: Date | undefined): number | undefined =>
  from && to ? (to.getTime() - from.getTime()) / 1000 : undefined;
