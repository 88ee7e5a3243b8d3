import { setTimeout as sleep } from "node:timers/promises";

const pollMilliseconds = 50;
const patienceMilliseconds = 30_000;

/**
 * Asks until there is an answer.
 * @param what for the error, such as "the step runs"
 * @throws Error after half a minute without one
 */
export async function until<Answer>(
  what: string,
  ask: () => Answer | undefined | Promise<Answer | undefined>,
): Promise<Answer> {
  const deadline = Date.now() + patienceMilliseconds;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(pollMilliseconds);
  }
  throw new Error(`Waited half a minute until ${what}`);
}
