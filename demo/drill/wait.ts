import { poll } from "../../tools/poll";

const everyMilliseconds = 200;

/**
 * Asks again and again until there is an answer.
 * @throws Error saying what was waited for, when the time is up
 */
export async function waitFor<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined>,
  { seconds, signal }: { readonly seconds: number; readonly signal: AbortSignal },
): Promise<Answer> {
  const answer = await poll(ask, { everyMilliseconds, withinMilliseconds: seconds * 1000, signal });
  if (answer === undefined) throw new Error(`${what} did not come within ${seconds} seconds`);
  return answer;
}
