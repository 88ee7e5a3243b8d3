import { percent } from "../text/format";
import { markup, type Markup } from "../text/markup";
import type { ColumnDistribution, DriftedColumn } from "../types";
import { px, svgFigure } from "./figure";
import { linear, ticks, type Scale } from "./scale";

const [width, height] = [340, 186];
const box = { left: 40, top: 12, right: 268, bottom: 164 };
/** Where the bar of missing values is, apart from the others. */
const missingBar = { left: 296, right: 324 };

/** Shares of all rows, by bucket and without a value. */
interface Shares {
  readonly buckets: readonly { readonly lower: number; readonly upper: number; readonly share: number }[];
  readonly missing: number;
}

/** A column's values in the baseline (filled) and in the batch (outlined), as shares of their rows. */
export function histogram(id: string, column: DriftedColumn): Markup {
  const [baseline, batch] = [sharesOf(column.baseline), sharesOf(column.batch)];
  const highest = Math.max(
    0.01,
    ...[baseline, batch].flatMap(({ buckets, missing }) => [missing, ...buckets.map(({ share }) => share)]),
  );
  const y = linear([0, highest], [box.bottom, box.top]);
  const x = linear(extentOf(column), [box.left + 4, box.right]);
  const title = `${column.title}: baseline against batch`;
  return svgFigure(
    { id, title, description: describe(baseline, batch), width, height, className: "histogram" },
    markup`${ticks(0, highest, 4).map((share) => shareTick(share, y))}
${filled(baseline, x, y)}
<path class="batch" d="${outlined(batch, x, y)}"/>
${valueTicks(column).map((value) => markup`<text class="below" x="${px(x(value))}" y="${box.bottom + 16}">${value}</text>`)}
<text class="below" x="${(missingBar.left + missingBar.right) / 2}" y="${box.bottom + 16}">missing</text>`,
  );
}

export function sharesOf({ present, missing, buckets }: ColumnDistribution): Shares {
  const share = (count: number) => (present + missing > 0 ? count / (present + missing) : 0);
  return {
    buckets: buckets.map(({ lower, upper, count }) => ({ lower, upper, share: share(count) })),
    missing: share(missing),
  };
}

const bucketsOf = ({ baseline, batch }: DriftedColumn) => [...baseline.buckets, ...batch.buckets];

function extentOf(column: DriftedColumn): readonly [number, number] {
  const buckets = bucketsOf(column);
  if (buckets.length === 0) return [0, 1];
  return [Math.min(...buckets.map(({ lower }) => lower)), Math.max(...buckets.map(({ upper }) => upper))];
}

const valueTicks = (column: DriftedColumn): number[] =>
  bucketsOf(column).length === 0 ? [] : ticks(...extentOf(column), 5);

const shareTick = (share: number, y: Scale): Markup =>
  markup`<line class="grid" x1="${box.left}" x2="${missingBar.right + 6}" y1="${px(y(share))}" y2="${px(y(share))}"/><text class="left" x="${box.left - 6}" y="${px(y(share) + 4)}">${percent(share)}</text>
`;

function filled({ buckets, missing }: Shares, x: Scale, y: Scale): Markup[] {
  const bars = buckets.map(({ lower, upper, share }) => ({ left: x(lower), right: x(upper), share }));
  return [...bars, { ...missingBar, share: missing }]
    .filter(({ share }) => share > 0)
    .map(({ left, right, share }) => bar(left, right, y(share)));
}

const bar = (left: number, right: number, top: number): Markup =>
  markup`<rect class="baseline" x="${px(left)}" y="${px(top)}" width="${px(right - left)}" height="${px(box.bottom - top)}"/>`;

function outlined({ buckets, missing }: Shares, x: Scale, y: Scale): string {
  const steps = buckets.map(({ upper, share }) => `V${px(y(share))}H${px(x(upper))}`).join("");
  const values = buckets[0] ? `M${px(x(buckets[0].lower))} ${box.bottom}${steps}V${box.bottom}` : "";
  if (missing === 0) return values;
  return `${values}M${missingBar.left} ${box.bottom}V${px(y(missing))}H${missingBar.right}V${box.bottom}`;
}

function describe(baseline: Shares, batch: Shares): string {
  const described = baseline.buckets.map(({ lower, upper, share }, at) => {
    const other = batch.buckets[at]?.share ?? 0;
    return `${rounded(lower)} to ${rounded(upper)}: ${percent(share)} of the baseline's rows, ${percent(other)} of the batch's.`;
  });
  const missing = `Missing: ${percent(baseline.missing)} of the baseline's rows, ${percent(batch.missing)} of the batch's.`;
  return [...described, missing].join(" ");
}

const rounded = (value: number): number => Number(value.toPrecision(4));
