import { setTimeout as sleep } from "node:timers/promises";

const pollMilliseconds = 50;
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
    for (;;) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      await sleep(pollMilliseconds, undefined, { ref: false });
    }
  } finally {
    clearTimeout(long);
  }
}
