import { setTimeout as sleep } from "node:timers/promises";

const pauseMilliseconds = 200;

/**
 * Asks again and again until there is an answer.
 * @throws Error saying what was waited for, when the time is up
 */
export async function waitFor<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined>,
  { seconds, signal }: { readonly seconds: number; readonly signal: AbortSignal },
): Promise<Answer> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    signal.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`${what} did not come within ${seconds} seconds`);
    await sleep(pauseMilliseconds);
  }
}
