import { plural } from "../text/format";
import { markup, type Markup } from "../text/markup";
import { px, svgFigure } from "./figure";
import { linear, ticks } from "./scale";

const [width, height] = [340, 150];
const box = { left: 40, top: 12, right: 330, bottom: 124 };
const bucketCount = 12;

/** How many invocations took how long, in milliseconds. */
export function latencyHistogram(id: string, milliseconds: readonly number[]): Markup {
  const longest = Math.max(1, ...milliseconds);
  const edge = (at: number) => (longest * at) / bucketCount;
  const counts = Array.from(
    { length: bucketCount },
    (_, at) => milliseconds.filter((each) => bucketOf(each, longest) === at).length,
  );
  const highest = Math.max(1, ...counts);
  const x = linear([0, longest], [box.left, box.right]);
  const y = linear([0, highest], [box.bottom, box.top]);
  const description = `${describeQuantiles(milliseconds)}. ${counts
    .map((count, at) => `${rounded(edge(at))} to ${rounded(edge(at + 1))} ms: ${count}.`)
    .join(" ")}`;
  return svgFigure(
    { id, title: "Latency of invocations", description, width, height, className: "histogram" },
    markup`${ticks(0, highest, 4)
      .filter(Number.isInteger)
      .map(
        (count) =>
          markup`<line class="grid" x1="${box.left}" x2="${box.right}" y1="${px(y(count))}" y2="${px(y(count))}"/><text class="left" x="${box.left - 6}" y="${px(y(count) + 4)}">${count}</text>`,
      )}
${counts.map((count, at) => count > 0 && markup`<rect class="baseline" x="${px(x(edge(at)))}" y="${px(y(count))}" width="${px(x(edge(at + 1)) - x(edge(at)))}" height="${px(box.bottom - y(count))}"/>`)}
${ticks(0, longest, 5).map((value) => markup`<text class="below" x="${px(x(value))}" y="${box.bottom + 16}">${value} ms</text>`)}`,
  );
}

const bucketOf = (value: number, longest: number): number =>
  Math.min(bucketCount - 1, Math.floor((value / longest) * bucketCount));

function describeQuantiles(milliseconds: readonly number[]): string {
  const sorted = milliseconds.toSorted((one, other) => one - other);
  const quantile = (part: number): string =>
    rounded(sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0);
  return `${plural(sorted.length, "invocation")}, half within ${quantile(0.5)} ms, 99 % within ${quantile(0.99)} ms`;
}

const rounded = (value: number): string => value.toFixed(1);
