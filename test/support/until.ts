import { poll } from "../../tools/poll";

const halfAMinute = { everyMilliseconds: 50, withinMilliseconds: 30_000 };

/**
 * Asks until there is an answer.
 * @param what for the error, such as "the step runs"
 * @throws Error after half a minute without one
 */
export async function until<Answer>(
  what: string,
  ask: () => Answer | undefined | Promise<Answer | undefined>,
): Promise<Answer> {
  const answer = await poll(ask, halfAMinute);
  if (answer === undefined) throw new Error(`Waited half a minute until ${what}`);
  return answer;
}
