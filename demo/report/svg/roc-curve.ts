import { interval } from "../text/format";
import { markup, type Markup } from "../text/markup";
import type { ModelVersionReport } from "../types";
import { px, svgFigure } from "./figure";
import { linear } from "./scale";

const [width, height] = [300, 290];
const box = { left: 42, top: 10, right: 290, bottom: 246 };
const x = linear([0, 1], [box.left, box.right]);
const y = linear([0, 1], [box.bottom, box.top]);
const marks = [0, 0.25, 0.5, 0.75, 1];

export interface RocCurveProps {
  /** Unique on the page. */
  readonly id: string;
  readonly version: ModelVersionReport;
  /** Drawn faintly, to compare with. */
  readonly others: readonly ModelVersionReport[];
}

/** A version's ROC curve. */
export function rocCurve({ id, version, others }: RocCurveProps): Markup {
  const description =
    `True positive rate against false positive rate in ${version.curve.length} points; ` +
    `area under the curve ${interval(version.auc)}. Guessing would follow the diagonal, with an area of 0.5.`;
  const title = `ROC curve of version ${version.version}`;
  return svgFigure(
    { id, title, description, width, height, className: "roc" },
    markup`${marks.map(gridLines)}
<line class="chance" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>
<text class="note" x="${px(x(0.62))}" y="${px(y(0.55))}">guessing</text>
${others.map(({ curve }) => markup`<path class="other" d="${pathOf(curve)}"/>`)}
<path class="curve" d="${pathOf(version.curve)}"/>
<text class="title" x="${px(x(0.5))}" y="${height - 6}">False positive rate</text>
<text class="title" transform="translate(11 ${px(y(0.5))}) rotate(-90)">True positive rate</text>`,
  );
}

const gridLines = (mark: number): Markup =>
  markup`<line class="grid" x1="${x(0)}" x2="${x(1)}" y1="${px(y(mark))}" y2="${px(y(mark))}"/><line class="grid" x1="${px(x(mark))}" x2="${px(x(mark))}" y1="${y(0)}" y2="${y(1)}"/>
<text class="left" x="${box.left - 6}" y="${px(y(mark) + 4)}">${mark}</text><text class="below" x="${px(x(mark))}" y="${box.bottom + 16}">${mark}</text>
`;

const pathOf = (curve: ModelVersionReport["curve"]): string =>
  curve
    .map(({ falsePositiveRate, truePositiveRate }, at) => {
      return `${at === 0 ? "M" : "L"}${px(x(falsePositiveRate))} ${px(y(truePositiveRate))}`;
    })
    .join("");
