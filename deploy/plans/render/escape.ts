import { escapeMarkup } from "../../../core/escape-markup";
import { printable } from "./printable";

/** Longer texts do not stand within a sentence. In characters. */
const longest = 120;

/** A text on one line as code; what is in it can neither end the code nor be read as Markdown. */
export function code(text: string): string {
  const line = printable(text.length > longest ? `${text.slice(0, longest)}…` : text);
  const fence = fenceFor(line, 1);
  const gap = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${gap}${line}${gap}${fence}`;
}

/** A text on one line as HTML. */
export const html = (text: string): string => escapeMarkup(printable(text));

/** A block of lines that is shown as it is. @param language what a renderer colours it as */
export function fenced(language: "diff" | "text", lines: readonly string[]): string {
  const text = lines.join("\n");
  const fence = fenceFor(text, 3);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A block that is folded away under its title, which is HTML. */
export const folded = (title: string, ...blocks: readonly string[]): string =>
  `<details><summary>${title}</summary>\n\n${blocks.join("\n\n")}\n\n</details>`;

/** A fence longer than any in the text, so that no value can end it. */
function fenceFor(text: string, shortest: number): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  return "`".repeat(Math.max(shortest, longest + 1));
}
