/** A linear map from values to pixels. */
export type Scale = (value: number) => number;

/** Maps `from` to `to`; a range without extent goes to the middle. */
export function linear(from: readonly [number, number], to: readonly [number, number]): Scale {
  const span = from[1] - from[0];
  const share = (value: number) => (span === 0 ? 0.5 : (value - from[0]) / span);
  return (value) => to[0] + share(value) * (to[1] - to[0]);
}

/** Round values from `low` to `high`, about as many as asked for. */
export function ticks(low: number, high: number, wanted: number): number[] {
  const raw = (high - low) / wanted;
  if (!(raw > 0) || !Number.isFinite(raw)) return [low];
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= raw * 0.999) ?? raw;
  return multiples(step, low, high);
}

const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** Round times in seconds from 0 to `high`. */
export function timeTicks(high: number, wanted: number): number[] {
  const step = timeSteps.find((size) => high / size <= wanted);
  return step === undefined ? ticks(0, high, wanted) : multiples(step, 0, high);
}

function multiples(step: number, low: number, high: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}
