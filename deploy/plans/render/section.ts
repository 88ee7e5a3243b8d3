import type { ResourceSummary, StackSummary } from "../summary";
import { describeCounts } from "./counts";
import { detailsOf, type AttributeDetails } from "./details";
import { fenced, folded, html } from "./escape";

/** A part of a comment, which can do with less room. */
export interface Section {
  /** What is left out where the section is not shown at all. */
  readonly subject: string;
  readonly title: string;
  readonly language: "diff" | "text";
  readonly lines: readonly string[];
  /** Long values, folded away one by one. */
  readonly folds: readonly Fold[];
  /** How to see what there was no room for. */
  readonly whole: string;
}

export interface Fold {
  /** Resource and attribute. */
  readonly name: string;
  /** It says who may do what: the last to be left out. */
  readonly policy: boolean;
  readonly lines: readonly string[];
}

/** Longer values that are wholly new are folded away. In lines. */
const longestUnfolded = 8;

/** What the plan of one stack does, resource by resource. */
export function stackSection({ stack, counts, changes }: StackSummary): Section {
  return {
    subject: `the details of ${stack}`,
    title: `<code>${html(stack)}</code>: ${describeCounts(counts)}`,
    language: "diff",
    lines: changes.flatMap(linesOfResource),
    folds: changes.flatMap(foldsOfResource),
    whole: `${stack}/summary.json among the saved plans, or mlops plan ${stack}`,
  };
}

function linesOfResource(resource: ResourceSummary): string[] {
  const { title, attributes } = detailsOf(resource);
  return [forDiff(title), ...attributes.flatMap(linesOfAttribute)];
}

function linesOfAttribute(attribute: AttributeDetails): string[] {
  if (isFolded(attribute)) return [`    ${attribute.title} new, ${attribute.lines.length} lines, below`];
  return [
    `    ${attribute.title}`,
    ...attribute.lines.map(({ sign, text }) => `${sign}       ${text}`.trimEnd()),
  ];
}

const isFolded = ({ lines }: AttributeDetails): boolean =>
  lines.length > longestUnfolded && lines.every(({ sign }) => sign === "+");

const foldsOfResource = (resource: ResourceSummary): Fold[] =>
  detailsOf(resource)
    .attributes.filter(isFolded)
    .map(({ title, lines }) => ({
      name: `${resource.address} ${title} ${lines.length} lines`,
      policy: /^[^.[ ]*policy/.test(title),
      lines: lines.map(({ text }) => `+ ${text}`),
    }));

/** Puts the sign where a renderer of differences looks for it; `!` marks a change. */
const forDiff = (line: string): string => line.replace(/^-\/\+|^~/, (sign) => (sign === "~" ? "!" : "-+"));

/** A section as Markdown. */
export const renderSection = ({ title, language, lines, folds }: Section): string =>
  `\n${folded(title, fenced(language, lines), ...folds.map(renderFold))}`;

export const renderFold = ({ name, lines }: Fold): string => folded(html(name), fenced("diff", lines));
