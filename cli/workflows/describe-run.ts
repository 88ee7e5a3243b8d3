import type { DescribedRun } from "../../operate/workflows";
import { durationOf, secondsBetween, timeOf } from "../format";
import type { Style } from "../screen";
import { factsOf } from "../table";

type Paint = (style: Style, text: string) => string;

const styles: Readonly<Record<string, Style>> = {
  SUCCEEDED: "green",
  FAILED: "red",
  TIMED_OUT: "red",
  ABORTED: "yellow",
  RUNNING: "cyan",
};

export const paintRunStatus =
  (status: string, paint: Paint) =>
  (text: string): string =>
    paint(styles[status] ?? "dim", text);

export const isOver = ({ status }: Pick<DescribedRun, "status">): boolean => status !== "RUNNING";

/** What a run is, and how it ended. */
export const describeRunAsText = (run: DescribedRun): string =>
  factsOf({
    Run: run.executionArn,
    Status: `${run.status} ${isOver(run) ? "after" : "for"} ${durationOf(secondsBetween(run.startedAt, run.endedAt ?? new Date()))}`,
    Started: timeOf(run.startedAt),
    Input: Object.entries(run.input)
      .map(([key, value]) => `${key}=${value}`)
      .join(", "),
    End: run.error,
    Reason: run.cause,
  }).join("\n");
