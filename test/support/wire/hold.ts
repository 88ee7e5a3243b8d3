import { EventEmitter, once } from "node:events";
import type { Socket } from "node:net";
import { inspect } from "node:util";

/** Requests that do not go on before the test lets them. */
export class Hold {
  /** How many requests were held so far. */
  private held = 0;
  private abandoned = 0;
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

  /** Waits until whoever asked a request that is held has given it up. */
  async untilAbandoned(): Promise<void> {
    while (this.abandoned === 0) await once(this.events, "abandoned");
  }

  /** Lets all go on, and those that are yet to come. */
  release(): void {
    this.gate.abort();
  }

  /** Holds one request. @param from where it came from */
  async wait(from: Socket): Promise<void> {
    this.held += 1;
    from.once("close", () => {
      this.abandoned += 1;
      this.events.emit("abandoned");
    });
    this.events.emit("held");
    if (!this.gate.signal.aborted) await once(this.gate.signal, "abort");
  }
}
