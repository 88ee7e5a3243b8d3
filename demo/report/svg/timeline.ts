import { markup, type Markup } from "../text/markup";
import type { StatusTone } from "../status";
import { linear, timeTicks, type Scale } from "./scale";

/** A stretch of time on a common axis. */
export interface Stretch {
  readonly tone: StatusTone;
  /** Seconds from the axis' begin. */
  readonly begin: number;
  readonly seconds: number;
}

/** Draws stretches of time one below the other, each in an SVG as wide as its cell. */
export interface Timeline {
  readonly axis: Markup;
  readonly bar: (stretch: Stretch) => Markup;
}

const tickCount = 8;

/** An axis that holds all stretches. Places are shares of the width, so that text keeps its size. */
export function timeline(stretches: readonly Stretch[]): Timeline {
  const end = Math.max(1, ...stretches.map(({ begin, seconds }) => begin + seconds));
  const share = linear([0, end], [0, 100]);
  const times = timeTicks(end, tickCount);
  const lines = times.map(
    (time) => markup`<line x1="${at(share, time)}" x2="${at(share, time)}" y2="100%"/>`,
  );
  return {
    axis: markup`<svg class="axis" width="100%" height="16" aria-hidden="true">${times.map((time) => label(time, share))}</svg>`,
    bar: (stretch) =>
      markup`<svg class="track" width="100%" height="100%" aria-hidden="true">${lines}${bar(stretch, share)}</svg>`,
  };
}

const at = (share: Scale, time: number): string => `${share(time).toFixed(2)}%`;

function label(time: number, share: Scale): Markup {
  const anchor = time === 0 ? "start" : share(time) > 96 ? "end" : "middle";
  return markup`<text x="${at(share, time)}" y="12" text-anchor="${anchor}">${axisTime(time)}</text>`;
}

/** Minutes and seconds, as short as an axis wants them: `1:30`. */
const axisTime = (time: number): string =>
  time === 0 ? "0" : `${Math.floor(time / 60)}:${(time % 60).toString().padStart(2, "0")}`;

function bar({ tone, begin, seconds }: Stretch, share: Scale): Markup {
  const width = Math.max(0, share(seconds));
  return markup`<rect class="bar ${tone}" x="${at(share, begin)}" y="9" width="${width.toFixed(2)}%" height="11" rx="1"/>`;
}
