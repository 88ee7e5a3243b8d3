import { createInterface } from "node:readline/promises";
import { InterruptedError } from "../errors";
import type { Ask } from "./questions";

/**
 * Lets a person be asked on the terminal.
 * @throws InterruptedError where they press Ctrl-C or Ctrl-D instead of answering
 */
export async function onTerminal<T>(
  output: NodeJS.WritableStream,
  use: (ask: Ask) => Promise<T>,
): Promise<T> {
  const lines = createInterface({ input: process.stdin, output });
  const closed = new AbortController();
  lines.once("close", () => {
    closed.abort();
  });
  try {
    return await use(async (question) => (await lines.question(question, { signal: closed.signal })).trim());
  } catch (error) {
    if (closed.signal.aborted)
      throw new InterruptedError("Interrupted: nothing was written", { cause: error });
    throw error;
  } finally {
    lines.close();
  }
}
