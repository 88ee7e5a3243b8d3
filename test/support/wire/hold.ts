import { EventEmitter, once } from "node:events";
import { inspect } from "node:util";

/** Requests that do not go on before the test lets them. */
export class Hold {
  /** How many requests were held so far. */
  private held = 0;
  private readonly events = new EventEmitter();
  private readonly gate = new AbortController();

  /**
   * Waits until requests are held.
   * @param work what is to ask them
   * @param count how many
   * @throws Error with what the work came to, where it ends before
   */
  async reachedDuring(work: PromiseLike<unknown>, count = 1): Promise<void> {
    const ended = Promise.resolve(work).then((result) => {
      throw new Error(`It ended before ${count} requests were held: ${inspect(result)}`);
    });
    ended.catch(() => undefined);
    while (this.held < count) await Promise.race([once(this.events, "held"), ended]);
  }

  /** Lets all go on, and those that are yet to come. */
  release(): void {
    this.gate.abort();
  }

  /** Holds one request. */
  async wait(): Promise<void> {
    this.held += 1;
    this.events.emit("held");
    if (!this.gate.signal.aborted) await once(this.gate.signal, "abort");
  }
}
