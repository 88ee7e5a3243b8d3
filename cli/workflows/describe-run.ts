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
    Input: inputAsText(run.input),
    End: run.error,
    Reason: run.cause,
  }).join("\n");

const longestInput = 1000;

/** Step Functions takes any JSON, of 256 KiB at most. */
function inputAsText(input: unknown): string {
  const text =
    typeof input === "object" && input !== null && !Array.isArray(input)
      ? Object.entries(input)
          .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`)
          .join(", ")
      : JSON.stringify(input);
  return text.length > longestInput ? `${text.slice(0, longestInput)}…` : text;
}
