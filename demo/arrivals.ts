import type { StackDescription } from "../stacks/list";
import { pollDuring } from "../tools/poll";

/** Which stacks of an apply under way are still to come. */
export class Arrivals {
  private readonly missing: Map<string, StackDescription>;

  constructor(
    stacks: readonly StackDescription[],
    private readonly signal: AbortSignal,
  ) {
    this.missing = new Map(stacks.map((stack) => [stack.id, stack]));
  }

  readonly add = ({ id }: StackDescription): void => {
    this.missing.delete(id);
  };

  /** Waits until all of one environment are applied, or the apply has ended. @throws what the apply fails of */
  async in(environment: string, applying: Promise<unknown>): Promise<void> {
    await pollDuring(applying, () => this.hasAllOf(environment), {
      everyMilliseconds: 100,
      signal: this.signal,
    });
  }

  private hasAllOf(name: string): true | undefined {
    const some = [...this.missing.values()].some(({ environment }) => environment.name === name);
    return some ? undefined : true;
  }
}
