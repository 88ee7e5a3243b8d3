import { styleText } from "node:util";

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

  print(line: string): void {
    this.stream.write(`${line}\n`);
  }

  readonly paint = (style: Style, text: string): string =>
    this.coloured ? styleText(style, text, { validateStream: false }) : text;
}
