/** A time as people read it: `2025-01-31 23:00:05 UTC`. */
export const timeOf = (time: Date | undefined): string =>
  time === undefined ? "" : `${time.toISOString().slice(0, 19).replace("T", " ")} UTC`;

/** A duration as people read it: `3.2 s`, `2 min 13 s`, `1 h 4 min`. */
export function durationOf(seconds: number | undefined): string {
  if (seconds === undefined) return "";
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return whole < 3600
    ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export const secondsBetween = (from: Date | undefined, to: Date | undefined): number | undefined =>
  from && to ? (to.getTime() - from.getTime()) / 1000 : undefined;
