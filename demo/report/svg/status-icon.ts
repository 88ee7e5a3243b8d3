import { Markup, markup } from "../text/markup";
import type { StatusTone } from "../status";

/** Strokes on a disc of 16 by 16; each tone has its own shape, so that colour is never the only sign. */
const strokes: Readonly<Record<StatusTone, string>> = {
  good: "M4.6 8.3 7 10.7 11.4 5.6",
  bad: "M5.3 5.3 10.7 10.7M10.7 5.3 5.3 10.7",
  stopped: "M5.8 5.8H10.2V10.2H5.8Z",
  waiting: "M8 4.6V8.2L10.4 9.8",
  none: "M5 8H11",
};

/** The sign of a tone as the inside of an SVG, its upper left corner at a place. */
export const statusSign = (tone: StatusTone, x: number, y: number): Markup =>
  markup`<g class="sign ${tone}" transform="translate(${x} ${y})"><circle cx="8" cy="8" r="7"/><path d="${strokes[tone]}"/></g>`;

/** The sign of a tone beside a text that says the same. */
export const statusIcon = (tone: StatusTone): Markup =>
  markup`<svg class="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">${statusSign(tone, 0, 0)}</svg>`;
