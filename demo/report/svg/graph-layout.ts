import { Graphviz } from "@hpcc-js/wasm-graphviz";
import type { Link } from "./graph-links";
import { halfWay, type Point } from "./spline";

export interface Box {
  readonly name: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** A cubic Bézier spline: its points, the middle of its way, and where its arrow's tip is. */
export interface Route {
  readonly link: Link;
  readonly points: readonly Point[];
  readonly middle: Point;
  readonly tip: Point;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Middle of each box, by its name. */
  readonly places: ReadonlyMap<string, Point>;
  readonly routes: readonly Route[];
}

/** From left to right, or from top to bottom. */
export type Direction = "LR" | "TB";

const pointsPerInch = 72;
const inches = (pixels: number): string => (pixels / pointsPerInch).toFixed(4);

/** Places boxes and routes their links with Graphviz's `dot`. */
export async function layOut(
  boxes: readonly Box[],
  links: readonly Link[],
  direction: Direction,
): Promise<Layout> {
  const graphviz = await Graphviz.load();
  const found = graphviz.layout(dotOf(boxes, links, direction), "json", "dot", { yInvert: true });
  return read(JSON.parse(found) as GraphvizJson, boxes, links);
}

/** Ids are numbers, so that no name needs DOT's quoting. */
function dotOf(boxes: readonly Box[], links: readonly Link[], direction: Direction): string {
  const index = new Map(boxes.map(({ name }, at) => [name, at]));
  const [out, into] = direction === "LR" ? ["e", "w"] : ["s", "n"];
  return [
    `digraph { rankdir=${direction}; nodesep=0.18; ranksep=${direction === "LR" ? 0.3 : 0.36}; pad=0;`,
    `node [shape=box, fixedsize=true, label=""]; edge [arrowsize=0.6, fontsize=11];`,
    ...boxes.map(({ width, height }, at) => `${at} [width=${inches(width)}, height=${inches(height)}];`),
    // A label is there for the room it takes.
    ...links.map(({ from, to, side }) => {
      const label = side ? `, label="${side}  "` : "";
      return `${index.get(from)} -> ${index.get(to)} [tailport=${out}, headport=${into}${label}];`;
    }),
    "}",
  ].join("\n");
}

/** What is read of Graphviz's JSON (https://graphviz.org/docs/outputs/json/); y grows downwards. */
interface GraphvizJson {
  readonly bb: string;
  readonly objects?: readonly { readonly name: string; readonly pos: string }[];
  /** `tail` and `head` count the objects. */
  readonly edges?: readonly {
    readonly tail: number;
    readonly head: number;
    readonly pos: string;
  }[];
}

function read(found: GraphvizJson, boxes: readonly Box[], links: readonly Link[]): Layout {
  const { bb, objects = [], edges = [] } = found;
  const [left = 0, bottom = 0, right = 0, top = 0] = bb.split(",").map(Number);
  const origin = { x: Math.min(left, right), y: Math.min(top, bottom) };
  const names = objects.map(({ name }) => boxes[Number(name)]?.name ?? name);
  return {
    width: Math.abs(right - left),
    height: Math.abs(bottom - top),
    places: new Map(objects.map(({ pos }, at) => [names[at] ?? "", point(pos, origin)])),
    routes: edges.flatMap(({ tail, head, pos }) => {
      const link = links.find(({ from, to }) => from === names[tail] && to === names[head]);
      return link ? [route(link, pos, origin)] : [];
    }),
  };
}

/** `e,<tip> <point> <point>…` */
function route(link: Link, pos: string, origin: Point): Route {
  const [tip = "", ...rest] = pos.split(" ");
  const points = rest.map((text) => point(text, origin));
  return { link, points, middle: halfWay(points), tip: point(tip.replace(/^e,/, ""), origin) };
}

function point(text: string, origin: Point): Point {
  const [x = 0, y = 0] = text.split(",").map(Number);
  return { x: x - origin.x, y: y - origin.y };
}
