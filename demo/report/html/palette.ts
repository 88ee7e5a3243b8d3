/** Colours of the page, by what they are for. */
export interface Palette {
  readonly paper: string;
  /** Behind folded and quoted parts, and on the axis of time. */
  readonly shade: string;
  readonly rule: string;
  readonly ink: string;
  /** Text of lesser weight. */
  readonly muted: string;
  readonly good: string;
  readonly bad: string;
  /** Behind what failed. */
  readonly badShade: string;
  readonly waiting: string;
  readonly accent: string;
  /** Bars of what is compared with. */
  readonly base: string;
  /** Within such bars, where another colour is drawn over them. */
  readonly baseFill: string;
  /** Strokes on a sign's disc. */
  readonly onSign: string;
}

export const light: Palette = {
  paper: "#fdfdfc",
  shade: "#f2f4f5",
  rule: "#dce0e4",
  ink: "#171b20",
  muted: "#56606b",
  good: "#0c6b58",
  bad: "#b3261e",
  badShade: "#fcefed",
  waiting: "#845400",
  accent: "#1b5fae",
  base: "#88929d",
  baseFill: "#d3d8dd",
  onSign: "#ffffff",
};

export const dark: Palette = {
  paper: "#14171b",
  shade: "#1d2227",
  rule: "#30373f",
  ink: "#e7eaed",
  muted: "#9ea8b3",
  good: "#55bfa2",
  bad: "#ff8d7f",
  badShade: "#2c1b1a",
  waiting: "#deb054",
  accent: "#74aef2",
  base: "#77828e",
  baseFill: "#3c454e",
  onSign: "#14171b",
};

/** A palette as custom properties: `--on-sign: #fff;` */
export const declarations = (palette: Palette): string =>
  Object.entries(palette)
    .map(
      ([name, value]) =>
        `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${value as string};`,
    )
    .join("\n");
