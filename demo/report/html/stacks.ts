import { duration, count } from "../text/format";
import { markup, type Markup } from "../text/markup";
import type { StackReport } from "../types";
import type { AccountName } from "./environments";
import { section, type Absent } from "./section";
import { table } from "./table";

/** The stacks that were applied, account by account. */
export function stacksSection(stacks: readonly StackReport[], nameOf: AccountName, absent: Absent): Markup {
  const props = { id: "stacks", title: "Accounts and stacks" };
  if (stacks.length === 0) return section(props, absent("No stack was applied"));
  const most = Math.max(1, ...stacks.map(({ resources }) => resources));
  const rows = byAccount(stacks).map(({ id, account, resources, seconds }) => [
    id,
    nameOf(account),
    count(resources),
    bar(resources / most),
    duration(seconds),
  ]);
  const columns = [
    { title: "Stack" },
    { title: "Account" },
    { title: "Resources", className: "figure" },
    { title: "", head: markup`<span class="unseen">Resources as a bar</span>`, className: "plot" },
    { title: "Time", className: "figure" },
  ];
  return section(props, table({ caption: "Stacks applied", columns, rows, className: "plain stacks" }));
}

/** Accounts in the order in which they first appear. */
function byAccount(stacks: readonly StackReport[]): StackReport[] {
  const accounts = [...new Set(stacks.map(({ account }) => account))];
  return accounts.flatMap((account) => stacks.filter((stack) => stack.account === account));
}

const bar = (share: number): Markup =>
  markup`<svg class="amount" width="100%" height="10" aria-hidden="true"><rect width="${(100 * share).toFixed(1)}%" height="10" rx="1.5"/></svg>`;
