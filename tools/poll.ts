import { setTimeout as sleep } from "node:timers/promises";

export interface Polling {
  readonly everyMilliseconds: number;
  /** @default no limit */
  readonly withinMilliseconds?: number;
  /** Ends the waiting at once. */
  readonly signal?: AbortSignal | undefined;
}

type Ask<Answer> = () => Answer | undefined | Promise<Answer | undefined>;

/**
 * Asks again and again until there is an answer.
 * @returns undefined where none came in time; it is asked once at least
 * @throws the signal's reason once it aborts
 */
export function poll<Answer>(ask: Ask<Answer>, polling: Omit<Polling, "withinMilliseconds">): Promise<Answer>;
export function poll<Answer>(ask: Ask<Answer>, polling: Polling): Promise<Answer | undefined>;
export async function poll<Answer>(
  ask: Ask<Answer>,
  { everyMilliseconds, withinMilliseconds = Infinity, signal }: Polling,
): Promise<Answer | undefined> {
  const deadline = Date.now() + withinMilliseconds;
  for (;;) {
    signal?.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined || Date.now() >= deadline) return answer;
    // An abort ends the pause, and is thrown above.
    await sleep(everyMilliseconds, undefined, { signal }).catch(() => undefined);
  }
}

/**
 * Asks again and again until there is an answer, or until something else has ended.
 * @throws what that fails of; the signal's reason once it aborts
 */
export async function pollDuring(
  going: Promise<unknown>,
  ask: Ask<unknown>,
  { everyMilliseconds, signal }: Omit<Polling, "withinMilliseconds">,
): Promise<void> {
  const over = new AbortController();
  const signals = [over.signal, ...(signal ? [signal] : [])];
  const asking = poll(ask, { everyMilliseconds, signal: AbortSignal.any(signals) });
  await Promise.race([going, asking]).finally(() => {
    over.abort();
  });
}
