import { styleText } from "node:util";
import { printable } from "../deploy/plans/render/printable";

/** A stream that may be a terminal. */
export type Stream = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

export type Style = Parameters<typeof styleText>[0];

/** Somewhere to print to: colour only on a terminal whose user does not mind (https://no-color.org). */
export class Screen {
  readonly isTerminal: boolean;
  private readonly coloured: boolean;

  constructor(
    readonly stream: Stream,
    { NO_COLOR, TERM }: Readonly<Record<string, string | undefined>>,
  ) {
    this.isTerminal = stream.isTTY === true && TERM !== "dumb";
    this.coloured = this.isTerminal && !NO_COLOR;
  }

  /** On a terminal nothing acts but line ends, tabs and the colours of `paint`, whatever AWS, logs or files say. */
  print(line: string): void {
    this.stream.write(`${this.stream.isTTY ? inert(line) : line}\n`);
  }

  readonly paint = (style: Style, text: string): string =>
    this.coloured ? styleText(style, text, { validateStream: false }) : text;
}

/** What `paint` writes: bold, dim, red, green, yellow, cyan, and the end of each. */
// eslint-disable-next-line no-control-regex
const colours = /(\u001b\[(?:0|1|2|22|31|32|33|36|39)m)/;

const inert = (text: string): string =>
  text
    .split(colours)
    .map((part, at) =>
      at % 2 === 1
        ? part
        : part
            .split(/([\n\t])/)
            .map(inertBetween)
            .join(""),
    )
    .join("");

const inertBetween = (part: string, at: number): string => (at % 2 === 1 ? part : printable(part));
