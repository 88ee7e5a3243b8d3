import { createLogUpdate } from "log-update";
import type { Screen } from "../screen";
import { durationOf } from "../format";
import { paintStatus, stepTable } from "./describe-execution";
import type { ExecutionView } from "./execution-view";

/** Shows how an execution goes while it does. */
export interface Progress {
  show(view: ExecutionView): void;
  /** Says something in between. */
  note(line: string): void;
  readonly end: () => void;
}

/** A table that changes in place on a terminal, a line for each change elsewhere. */
export const progressOn = (screen: Screen): Progress =>
  screen.isTerminal ? new TableProgress(screen) : new LineProgress(screen);

class TableProgress implements Progress {
  private readonly update;
  private last = "";

  constructor(private readonly screen: Screen) {
    this.update = createLogUpdate(screen.stream);
  }

  show(view: ExecutionView): void {
    this.last = [...stepTable(view, this.screen.paint), "", headline(view)].join("\n");
    this.update(this.last);
  }

  note(line: string): void {
    this.update.clear();
    this.screen.print(line);
    if (this.last) this.update(this.last);
  }

  /** What was shown goes: the result tells it all again. */
  readonly end = (): void => {
    this.update.clear();
    this.update.done();
  };
}

const headline = ({ pipeline, status, seconds }: ExecutionView): string =>
  `${pipeline}: ${status}, ${durationOf(seconds)}`;

class LineProgress implements Progress {
  private readonly known = new Map<string, string>();

  constructor(private readonly screen: Screen) {}

  show(view: ExecutionView): void {
    for (const { name, status, endedAt, seconds } of view.steps) {
      const time = endedAt ? ` after ${durationOf(seconds)}` : "";
      if (status !== "NotExecuted" && this.changed(name, status)) this.line(name, status, time);
    }
    if (this.changed("", view.status)) this.line(view.pipeline, view.status, "");
  }

  note(line: string): void {
    this.screen.print(line);
  }

  readonly end = (): void => undefined;

  private changed(name: string, status: string): boolean {
    const before = this.known.get(name);
    this.known.set(name, status);
    return before !== status;
  }

  private line(name: string, status: string, rest: string): void {
    this.screen.print(`${name}: ${paintStatus(status, this.screen.paint)(status)}${rest}`);
  }
}
