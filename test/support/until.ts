import { setTimeout as sleep } from "node:timers/promises";

/** Between looks: what takes long is looked at seldom, for each look takes the processor from what is waited for. */
const pauses = { first: 50, growth: 1.25, longest: 500 };
const longMilliseconds = 60_000;

/**
 * Asks until there is an answer, however long that takes: a busy machine is no failure, and what never comes ends at
 * the test's own limit, with a line here that says what it waited for. Nothing is held open by it.
 * @param what for that line, such as "the step runs"; it must last, or be on record, once it is so
 */
export async function until<Answer>(
  what: string,
  ask: () => Answer | undefined | Promise<Answer | undefined>,
): Promise<Answer> {
  const long = setTimeout(() => {
    process.stderr.write(`Waiting for more than a minute until ${what}\n`);
  }, longMilliseconds).unref();
  try {
    for (let pause = pauses.first; ; pause = Math.min(pause * pauses.growth, pauses.longest)) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      await sleep(pause, undefined, { ref: false });
    }
  } finally {
    clearTimeout(long);
  }
}
