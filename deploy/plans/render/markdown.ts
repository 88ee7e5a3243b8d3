import type { Affected } from "../../affected";
import type { StackFailure } from "../../estate/stack-runner";
import type { Manifest } from "../manifest/schema";
import type { StackSummary } from "../summary";
import { countsTable, describeCounts } from "./counts";
import { describeResource } from "./details";

export interface MarkdownContent {
  readonly summaries: readonly StackSummary[];
  readonly failures: readonly StackFailure[];
  readonly commit: Manifest["commit"];
  /** Why these stacks, where a change says which. */
  readonly affected?: Affected | undefined;
}

/** GitHub takes comments of up to 65,536 characters. */
const longest = 60_000;

/** One stack alone may not take all the room. In characters. */
const longestSection = 20_000;

/** Most rows, and most losses, that are listed before the details. */
const mostRows = 200;

/** What a plan comes to as a pull-request comment: table, what would be lost, then the details folded away. */
export function renderMarkdown({ summaries, failures, commit, affected }: MarkdownContent): string {
  const pending = summaries.filter(({ changes }) => changes.length > 0);
  const head = [
    titleOf(pending, failures),
    "",
    commitLine(commit),
    "",
    ...table(summaries),
    ...losses(pending),
  ];
  const sections = [
    ...failures.map(failureSection),
    ...pending.map(stackSection),
    ...(affected ? [affectedSection(affected)] : []),
  ];
  return `${fit(head.join("\n"), sections)}\n`;
}

function titleOf(pending: readonly StackSummary[], failures: readonly StackFailure[]): string {
  if (failures.length > 0) return `## Plan: ${count(failures.length, "stack")} failed`;
  return pending.length > 0
    ? `## Plan: changes in ${count(pending.length, "stack")}`
    : "## Plan: nothing pending";
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;

function commitLine({ id, dirty }: Manifest["commit"]): string {
  if (id === null) return "Outside of a git repository.";
  return `Commit \`${id.slice(0, 12)}\`${dirty ? ", with changes that are not committed" : ""}.`;
}

/** Where not all have room, those without changes are left out. */
const pendingFirst = (summaries: readonly StackSummary[]): readonly StackSummary[] =>
  summaries.length > mostRows
    ? summaries.toSorted((a, b) => Number(b.changes.length > 0) - Number(a.changes.length > 0))
    : summaries;

function table(summaries: readonly StackSummary[]): string[] {
  if (summaries.length === 0) return [];
  const [header = [], ...rows] = countsTable(
    pendingFirst(summaries).map(({ stack, counts }) => ({ name: stack, counts })),
  );
  const alignment = header.map((_, column) => (column === 0 ? "---" : "--:"));
  const lines = [header, alignment, ...rows.slice(0, mostRows)].map((cells) => `| ${cells.join(" | ")} |`);
  return [...lines, ...others(rows.length, "stack")];
}

function losses(pending: readonly StackSummary[]): string[] {
  const lost = pending.flatMap(({ stack, changes }) =>
    changes.flatMap(({ address, action, losing }) =>
      losing === undefined ? [] : [`- \`${stack}\`: ${action} ${code(address)}, losing ${losing}`],
    ),
  );
  if (lost.length === 0) return [];
  const title = ["", "**What holds data is destroyed:**", ""];
  return [...title, ...lost.slice(0, mostRows), ...others(lost.length, "resource")];
}

const others = (all: number, what: string): string[] =>
  all > mostRows ? ["", `… and ${count(all - mostRows, `more ${what}`)}.`] : [];

/** An address as code; what is in it can neither end the code nor be read as Markdown. */
function code(address: string): string {
  const fence = fenceFor(address, 1);
  return `${fence}${address}${fence}`;
}

const stackSection = ({ stack, counts, changes }: StackSummary): string =>
  folded(
    `<code>${stack}</code>: ${describeCounts(counts)}`,
    "diff",
    changes.flatMap(describeResource).map(forDiff),
  );

const failureSection = ({ stack, reason }: StackFailure): string =>
  folded(`<code>${stack}</code> failed`, "text", reason.split("\n"));

function affectedSection({ commit, stacks, removed }: Affected): string {
  const lines = [
    ...stacks.flatMap(({ id, reasons }) => [id, ...reasons.map((reason) => `  ${reason}`)]),
    ...removed.map((id) => `${id} is no more in the code: what it holds stays until it is destroyed`),
  ];
  const since = `since <code>${commit.slice(0, 12)}</code>`;
  if (lines.length === 0) return `\nNo stack is affected ${since}.`;
  return folded(`Why these stacks: what differs ${since}`, "text", lines);
}

/** Puts the sign where a renderer of differences looks for it; `!` marks a change. */
const forDiff = (line: string): string => line.replace(/^-\/\+|^~/, (sign) => (sign === "~" ? "!" : "-+"));

function folded(summary: string, language: string, lines: readonly string[]): string {
  const text = shortened(lines.join("\n"));
  const fence = fenceFor(text, 3);
  return `\n<details><summary>${summary}</summary>\n\n${fence}${language}\n${text}\n${fence}\n\n</details>`;
}

/** A fence longer than any in the text, so that no value can end it. */
function fenceFor(text: string, shortest: number): string {
  const runs = text.match(/`+/g) ?? [];
  return "`".repeat(Math.max(shortest, ...runs.map((run) => run.length + 1)));
}

/** A text up to the last line that there is room for. */
function shortened(text: string): string {
  if (text.length <= longestSection) return text;
  const end = text.lastIndexOf("\n", longestSection);
  return `${text.slice(0, end > 0 ? end : longestSection)}\n… and more: see the archived plan`;
}

/** As many sections as a comment has room for. */
function fit(head: string, sections: readonly string[]): string {
  const taken = [head];
  let room = longest - head.length - 100; // for the last line
  for (const section of sections) {
    if (section.length + 1 > room) continue;
    taken.push(section);
    room -= section.length + 1;
  }
  const left = sections.length + 1 - taken.length;
  if (left > 0) taken.push(`\n… and the details of ${count(left, "more stack")}: see the archived plan.`);
  return taken.join("\n");
}
