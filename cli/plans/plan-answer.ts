import type { Affected } from "../../deploy/affected";
import type { StackFailure } from "../../deploy/estate/stack-runner";
import type { PlanResult } from "../../deploy/plans/plan-estate";
import { adviceOnRemoved, adviceOnRemovedBy } from "../../deploy/removal/advice";
import { describeEndOfApproval } from "../../deploy/plans/render/approval";
import { countsTable, describeCounts, describeRepairs } from "../../deploy/plans/render/counts";
import { describeRollout, inCodeOf, type Rollout } from "../../deploy/plans/rollout";
import { describeResource } from "../../deploy/plans/render/details";
import { printable } from "../../deploy/plans/render/printable";
import type { Action, ResourceSummary, StackSummary } from "../../deploy/plans/summary";
import type { Answer } from "../command";
import type { Context } from "../context";
import { complainOf } from "../estate/failures";
import { exitCodes } from "../errors";
import type { Screen, Style } from "../screen";
import { tableOf } from "../table";
import { verdict, type Planned } from "./verdict";

export interface PlanAnswer extends PlanResult, Planned {}

/** What planning came to: why each stack is in, one table, then the details that people need. */
export function answerPlan(context: Context, answer: PlanAnswer): Answer {
  const { out } = context;
  const { summaries, failures, affected, leftOut = [], rollout = [], removed = [] } = answer;
  complainOf(context, failures);
  const lines = [
    ...describeAffected(affected),
    ...describeOrder(rollout),
    ...tableOfPlans(summaries),
    ...describeLeftOut(leftOut),
    ...[...summaries, ...inCodeOf(rollout)].flatMap((summary) => describeStack(summary, out)),
    "",
    ...describeRepairs(summaries),
    ...describeEndOfApproval(summaries),
    ...adviceOnRemoved(removed),
    ...summaries.flatMap(({ stillUsed = [] }) => stillUsed),
    ...verdict(answer),
  ];
  return {
    text: lines.join("\n").trim(),
    json: {
      stacks: summaries,
      failures,
      leftOut,
      affected: affectedAsJson(affected),
      rollout,
      removed,
      out: answer.out ?? null,
      digest: (answer.out === undefined ? undefined : answer.digest) ?? null,
    },
    code: exitCode(answer),
  };
}

function exitCode({ interrupted, failures, summaries, leftOut = [] }: PlanAnswer): number {
  if (interrupted) return exitCodes.interrupted;
  if (failures.length + leftOut.length > 0) return exitCodes.failed;
  return summaries.some(({ changes }) => changes.length > 0) ? exitCodes.pending : exitCodes.done;
}

function describeAffected(affected: Affected | undefined): string[] {
  if (!affected) return [];
  const { commit, stacks } = affected;
  const since = `since ${commit.slice(0, 12)}`;
  return [
    stacks.length === 0 ? `No stack is affected ${since}` : `Affected ${since}:`,
    ...stacks.flatMap(({ id, reasons }) => [
      `  ${id}`,
      ...reasons.map((reason) => `    ${printable(reason)}`),
    ]),
    ...adviceOnRemovedBy(affected).map((line) => `  ${line}`),
    "",
  ];
}

const affectedAsJson = (affected: Affected | undefined) =>
  affected ? { commit: affected.commit, stacks: affected.stacks, removed: affected.removed } : null;

function describeOrder(rollout: Rollout): string[] {
  const lines = describeRollout(rollout);
  return lines.length === 0
    ? []
    : ["Who applies what, in this order:", ...lines.map((line) => `  ${line}`), ""];
}

function tableOfPlans(summaries: readonly StackSummary[]): string[] {
  if (summaries.length === 0) return [];
  const [header = [], ...rows] = countsTable(summaries.map(({ stack, counts }) => ({ name: stack, counts })));
  return tableOf([header.map((title) => title.toUpperCase()), ...rows]);
}

function describeStack({ stack, counts, changes }: StackSummary, screen: Screen): string[] {
  if (changes.length === 0) return [];
  return [
    "",
    screen.paint("bold", `${stack}: ${describeCounts(counts)}`),
    ...changes.flatMap((change) => describeChange(change, screen)),
  ];
}

const styles: Partial<Readonly<Record<Action, Style>>> = {
  create: "green",
  change: "yellow",
  replace: "red",
  destroy: "red",
};

function describeChange(change: ResourceSummary, screen: Screen): string[] {
  const [first = "", ...rest] = describeResource(change);
  const style = styles[change.action];
  return [
    `  ${style ? screen.paint(style, first) : first}`,
    ...rest.map((line) => `  ${paintSign(line, screen)}`),
  ];
}

/** Colours what comes and what goes of a value that is shown line by line. */
function paintSign(line: string, screen: Screen): string {
  const sign = /^ {4}([+-]) /.exec(line)?.[1];
  return sign === undefined ? line : screen.paint(sign === "+" ? "green" : "red", line);
}

/** Stacks that were not planned, those with one reason together in a line. */
function describeLeftOut(leftOut: readonly StackFailure[]): string[] {
  const reasons = [...new Set(leftOut.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const stacks = leftOut.filter((left) => left.reason === reason).map(({ stack }) => stack);
    return `Not planned: ${stacks.join(", ")}: ${reason}`;
  });
}
