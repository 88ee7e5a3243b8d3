import { toneOf, statusText } from "../status";
import { duration, plural, shorten } from "../text/format";
import { markup, type Markup } from "../text/markup";
import type { StepReport } from "../types";
import { px, svgFigure } from "./figure";
import { layOut, type Box, type Direction, type Route } from "./graph-layout";
import { linksOf, type Link } from "./graph-links";
import type { Point } from "./spline";
import { statusSign } from "./status-icon";
import { textWidth } from "./text-width";

export interface PipelineGraphProps {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  readonly steps: readonly StepReport[];
  /** @default from each step to those that waited for it */
  readonly links?: readonly Link[];
  readonly direction: Direction;
}

/** A drawn graph and the room it takes. */
export interface PipelineGraph {
  readonly svg: Markup;
  /** Pixels. */
  readonly width: number;
  /** Whether it stays readable where it is made to fit a phone. */
  readonly shrinks: boolean;
}

const cardHeight = 62;
const padding = 10;
const margin = 2;
const nameSize = 12;
const longestName = 34;
const widestToShrink = 400;

/** An execution's steps as cards, with an edge from each to those that waited for it. */
export async function pipelineGraph({
  id,
  title,
  steps,
  links = linksOf(steps),
  direction,
}: PipelineGraphProps): Promise<PipelineGraph> {
  const boxes = steps.map(boxOf);
  const { places, routes, ...size } = await layOut(boxes, links, direction);
  const width = Math.ceil(size.width) + 2 * margin;
  const height = Math.ceil(size.height) + 2 * margin;
  const shrinks = direction === "TB" && width <= widestToShrink;
  const idle = new Set(steps.filter(({ status }) => status === "NotExecuted").map(({ name }) => name));
  const cards = steps.map((step, at) => card(step, boxes[at]?.width ?? 0, places.get(step.name)));
  const content = markup`<g transform="translate(${margin} ${margin})">
${routes.map((route) => edge(route, idle.has(route.link.to)))}
${cards}
</g>`;
  const figure = {
    id,
    title,
    description: describe(steps),
    width,
    height,
    className: shrinks ? "pipeline shrinks" : "pipeline",
  };
  return { svg: svgFigure(figure, content), width, shrinks };
}

function boxOf({ name, kind, status, seconds }: StepReport): Box {
  const last = statusText(status) + (seconds === undefined ? "" : duration(seconds));
  const widths = [
    textWidth(shorten(name, longestName), nameSize),
    textWidth(kind, 10),
    textWidth(last, 10) + 33,
  ];
  return { name, width: Math.ceil(Math.max(...widths)) + 2 * padding, height: cardHeight };
}

function card(step: StepReport, width: number, middle: Point = { x: 0, y: 0 }): Markup {
  const { name, kind, status, seconds, failureReason } = step;
  const x = px(middle.x - width / 2);
  const y = px(middle.y - cardHeight / 2);
  const detail = [name, kind, statusText(status), failureReason].filter(Boolean).join(" · ");
  return markup`<g class="step ${toneOf(status)}" transform="translate(${x} ${y})"><title>${detail}</title>${outline(kind, width)}
<text class="name" x="${padding}" y="19">${shorten(name, longestName)}</text>
<text class="kind" x="${padding}" y="34">${kind}</text>
${statusSign(toneOf(status), padding, 40)}<text class="status" x="${padding + 21}" y="52">${statusText(status)}</text>
<text class="seconds" x="${width - padding}" y="52">${seconds === undefined ? "" : duration(seconds)}</text></g>
`;
}

/** A card; that of a condition, or a choice, has its corners cut. */
function outline(kind: string, width: number): Markup {
  if (kind !== "Condition" && kind !== "Choice")
    return markup`<rect width="${width}" height="${cardHeight}" rx="5"/>`;
  const [cut, right, low] = [9, width - 9, cardHeight - 9];
  return markup`<path d="M${cut} 0H${right}L${width} ${cut}V${low}L${right} ${cardHeight}H${cut}L0 ${low}V${cut}Z"/>`;
}

function edge({ link, points, middle, tip }: Route, idle: boolean): Markup {
  const [start, ...rest] = points.map(({ x, y }) => `${px(x)} ${px(y)}`);
  const end = points.at(-1) ?? tip;
  const angle = px((Math.atan2(tip.y - end.y, tip.x - end.x) * 180) / Math.PI);
  return markup`<g class="edge${idle ? " idle" : ""}"><path d="M${start ?? ""}C${rest.join(" ")}"/>
<path class="tip" d="M0 0-7-3.2V3.2Z" transform="translate(${px(tip.x)} ${px(tip.y)}) rotate(${angle})"/>${link.side && markup`<text x="${px(middle.x)}" y="${px(middle.y + 4)}">${link.side}</text>`}</g>
`;
}

function describe(steps: readonly StepReport[]): string {
  const described = steps.map(({ name, kind, status, seconds, after, branch }) => {
    const waited = after.length > 0 ? `, after ${after.join(" and ")}` : "";
    const side = branch ? `, in the ${branch.side} branch of ${branch.condition}` : "";
    const time = seconds === undefined ? "" : ` in ${duration(seconds)}`;
    return `${name} (${kind}): ${statusText(status).toLowerCase()}${time}${waited}${side}.`;
  });
  return [`${plural(steps.length, "step")}.`, ...described].join(" ");
}
