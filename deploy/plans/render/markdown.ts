import type { Affected } from "../../affected";
import type { StackFailure } from "../../estate/stack-runner";
import type { Manifest } from "../manifest/schema";
import { adviceOnRemoved, adviceOnRemovedBy } from "../../removal/advice";
import { describeRollout, inCodeOf, type Rollout } from "../rollout";
import type { PlanSurroundings } from "../surroundings";
import type { StackSummary } from "../summary";
import { describeEndOfApproval } from "./approval";
import { countsTable, describeRepairs } from "./counts";
import { code, html } from "./escape";
import { fit } from "./fit";
import { printableLines } from "./printable";
import { shortened } from "./shorten";
import { stackSection, type Section } from "./section";

export interface MarkdownContent extends PlanSurroundings {
  readonly summaries: readonly StackSummary[];
  readonly failures: readonly StackFailure[];
  readonly commit: Manifest["commit"];
}

/** Most rows of the table, and most lines of a list before the details. */
const mostRows = 200;

/** What the table, and each list before the details, may take. In characters. */
const room = { table: 14_000, losses: 20_000, list: 5_000 };

/** What a plan comes to as a pull-request comment: table, what would be lost, then the details folded away. */
export function renderMarkdown({
  summaries,
  failures,
  commit,
  affected,
  rollout = [],
  leftOut = [],
  removed = [],
}: MarkdownContent): string {
  const pending = summaries.filter(({ changes }) => changes.length > 0);
  const head = [
    titleOf(pending, failures),
    "",
    commitLine(commit),
    "",
    ...table(summaries),
    ...order(rollout),
    ...notPlanned(leftOut),
    ...standing(removed),
    ...losses(pending),
    ...refused(pending),
    ...describeRepairs(pending).flatMap((line) => ["", line]),
    ...describeEndOfApproval(pending).flatMap((line) => ["", `**${line}**`]),
    ...nothingAffected(affected),
  ];
  const sections = [
    ...failures.map(failureSection),
    ...pending.map(stackSection),
    ...inCodeOf(rollout).map(stackSection),
    ...(affected ? affectedSection(affected) : []),
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
  const shown = upTo(room.table, lines);
  return [...shown, ...others(rows.length - (shown.length - 2), "stack")];
}

function order(rollout: Rollout): string[] {
  const lines = describeRollout(rollout);
  return lines.length === 0 ? [] : ["", "**Who applies what, in this order:**", "", ...listed(lines, "step")];
}

function losses(pending: readonly StackSummary[]): string[] {
  const lost = pending.flatMap(({ stack, changes }) =>
    changes.flatMap(({ address, action, losing }) =>
      losing === undefined ? [] : [`- \`${stack}\`: ${action} ${code(address)}, losing ${losing}`],
    ),
  );
  if (lost.length === 0) return [];
  return ["", "**What holds data is destroyed:**", "", ...listed(lost, "resource", room.losses)];
}

function refused(pending: readonly StackSummary[]): string[] {
  const lines = pending.flatMap(({ stillUsed = [] }) => stillUsed.map((line) => `- ${line}`));
  return lines.length === 0 ? [] : ["", "**Apply refuses this for now:**", "", ...listed(lines, "reason")];
}

const others = (number: number, what: string): string[] =>
  number > 0 ? ["", `… and ${count(number, `more ${what}`)}.`] : [];

/** As many lines as there is room for, each cut where it is very long, and how many there are besides. */
function listed(lines: readonly string[], what: string, characters = room.list): string[] {
  const shown = upTo(characters, lines.slice(0, mostRows).map(shortened));
  return [...shown, ...others(lines.length - shown.length, what)];
}

function upTo(characters: number, lines: readonly string[]): string[] {
  let left = characters;
  const end = lines.findIndex((line) => (left -= line.length + 1) < 0);
  return lines.slice(0, end === -1 ? lines.length : end);
}

function notPlanned(leftOut: readonly StackFailure[]): string[] {
  if (leftOut.length === 0) return [];
  return [
    "",
    "**Not planned:**",
    "",
    ...listed(
      leftOut.map(({ stack, reason }) => `- ${code(stack)}: ${html(reason)}`),
      "stack",
    ),
  ];
}

function standing(removed: readonly string[]): string[] {
  const lines = adviceOnRemoved(removed).map((line) => `- ${line}`);
  return lines.length === 0
    ? []
    : ["", "**No more in the code, and still there:**", "", ...listed(lines, "stack")];
}

function nothingAffected(affected: Affected | undefined): string[] {
  if (!affected || affected.stacks.length + affected.removed.length > 0) return [];
  return ["", `No stack is affected since <code>${affected.commit.slice(0, 12)}</code>.`];
}

const failureSection = ({ stack, reason }: StackFailure): Section => ({
  subject: `why ${stack} failed`,
  title: `<code>${html(stack)}</code> failed`,
  language: "text",
  lines: printableLines(reason),
  folds: [],
  whole: `mlops plan ${stack}`,
});

function affectedSection(affected: Affected): Section[] {
  const { commit, stacks } = affected;
  const lines = [
    ...stacks.flatMap(({ id, reasons }) => [id, ...reasons.map((reason) => `  ${reason}`)]),
    ...adviceOnRemovedBy(affected),
  ];
  if (lines.length === 0) return [];
  const since = commit.slice(0, 12);
  return [
    {
      subject: "why these stacks",
      title: `Why these stacks: what differs since <code>${since}</code>`,
      language: "text",
      lines: lines.flatMap(printableLines),
      folds: [],
      whole: `mlops plan --affected ${since}`,
    },
  ];
}
