import type { Style } from "../screen";
import { factsOf, tableOf, type Row } from "../table";
import { durationOf, timeOf } from "../format";
import { givenName, isOver, type ExecutionView, type StepView } from "./execution-view";

export type Paint = (style: Style, text: string) => string;

const styles: Readonly<Record<string, Style>> = {
  Succeeded: "green",
  Failed: "red",
  Stopped: "yellow",
  Stopping: "yellow",
  Starting: "cyan",
  Executing: "cyan",
};

/** A status in its colour. */
export const paintStatus =
  (status: string, paint: Paint) =>
  (text: string): string =>
    paint(styles[status] ?? "dim", text);

/** An execution as text: what it is, its steps, and why any failed. */
export function describeExecution(view: ExecutionView, paint: Paint): string {
  const { executionArn, pipeline, environment, account, name, startedAt, failureReason } = view;
  const parameters = Object.entries(view.parameters).map(([key, value]) => `${key}=${value}`);
  const facts = factsOf({
    Execution: executionArn,
    Pipeline: `${pipeline} in ${environment} (${account})`,
    Name: givenName(name),
    Status: `${view.status} ${isOver(view) ? "after" : "for"} ${durationOf(view.seconds)}`,
    Started: timeOf(startedAt),
    Reason: failureReason,
    Parameters: parameters.join("\n            "),
  });
  return [...facts, "", ...stepTable(view, paint), ...failures(view, paint)].join("\n");
}

/** The steps below one another. */
export function stepTable(view: ExecutionView, paint: Paint): string[] {
  const waiting = isOver(view) ? "not run" : "waiting";
  const rows = view.steps.map((step) => stepRow(step, waiting, paint));
  return tableOf([["STEP", "KIND", "STATUS", "TIME", ""], ...rows]);
}

function stepRow(
  { name, kind, status, seconds, attempts, cachedFrom }: StepView,
  waiting: string,
  paint: Paint,
): Row {
  const notes = [
    ...(attempts !== undefined && attempts > 1 ? [`attempt ${attempts}`] : []),
    ...(cachedFrom ? [`cached from ${cachedFrom.slice(cachedFrom.lastIndexOf("/") + 1)}`] : []),
  ];
  const text = status === "NotExecuted" ? waiting : status;
  return [name, kind, { text, paint: paintStatus(status, paint) }, durationOf(seconds), notes.join(", ")];
}

function failures({ steps }: ExecutionView, paint: Paint): string[] {
  const failed = steps.filter(({ failureReason }) => failureReason);
  const lines = failed.map(({ name, failureReason = "" }) => `${paint("red", name)}: ${failureReason}`);
  return lines.length === 0 ? [] : ["", ...lines];
}
