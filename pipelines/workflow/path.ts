import type { Json } from "../definition/values";
import type { Task } from "./task";

/** A state once it is known what follows. */
export type States = readonly (readonly [name: string, state: Readonly<Record<string, Json>>])[];

/** One state of a path, with what belongs to it alone. */
export interface Link {
  readonly name: string;
  readonly task?: Task;
  states(next: string | undefined): States;
  readonly inner?: readonly Path[];
}

/** States in the order in which they come, and where they lead in the end. */
export class Path {
  constructor(
    protected readonly links: readonly Link[],
    private readonly target?: string,
  ) {}

  /** Name of its first state, or of that which follows. */
  first(after: string | undefined): string {
    const [link] = this.links;
    const name = link?.name ?? this.target ?? after;
    if (name === undefined) throw new Error("a path must end in Succeed, Fail or an earlier state");
    return name;
  }

  states(after: string | undefined): States {
    const last = this.target ?? after;
    return this.links.flatMap((link, at) => link.states(this.links[at + 1]?.name ?? last));
  }

  /** All tasks, those within branches included. */
  tasks(): readonly Task[] {
    return this.links.flatMap(({ task, inner = [] }) => [
      ...(task ? [task] : []),
      ...inner.flatMap((path) => path.tasks()),
    ]);
  }
}

/** A path to the end of an execution, or back to an earlier state. */
export class Ended extends Path {
  /** Keeps other paths from standing for one. */
  protected readonly ended = true;
}
