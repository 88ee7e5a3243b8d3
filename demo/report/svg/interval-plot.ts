import { markup, type Markup } from "../text/markup";
import type { Interval } from "../types";
import { px } from "./figure";
import { linear, ticks } from "./scale";

const [width, height, side, middle] = [190, 30, 10, 9];

/** Values of an axis that holds all intervals of AUCs; 0.5 is guessing. */
export const axisOf = (intervals: readonly Interval[]): readonly [number, number] => [
  Math.min(0.5, ...intervals.map(({ low }) => Math.floor(low * 10) / 10)),
  1,
];

/** A value as a dot and its interval as a line, beside a text that says the same. */
export function intervalPlot({ value, low, high }: Interval, axis: readonly [number, number]): Markup {
  const x = linear(axis, [side, width - side]);
  const marks = ticks(axis[0], axis[1], 5).map(
    (tick) =>
      markup`<line class="grid" x1="${px(x(tick))}" x2="${px(x(tick))}" y1="2" y2="${middle + 7}"/><text x="${px(x(tick))}" y="${height - 3}">${tick}</text>`,
  );
  return markup`<svg class="interval" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true">
${marks}
<path class="whisker" d="M${px(x(low))} ${middle - 4}v8m0-4H${px(x(high))}m0-4v8"/><circle cx="${px(x(value))}" cy="${middle}" r="4"/>
</svg>`;
}
