import { exitCodes } from "./errors";

/** Under npm, one Ctrl-C arrives twice: from the terminal, and passed on by npm. */
const samePressMilliseconds = 1_000;

/**
 * A signal that aborts at the first Ctrl-C or SIGTERM, for commands that have something to tidy up; the next one ends
 * the process at once. Commands that never ask for it end at the first.
 */
export function interruptSignal(): AbortSignal {
  const interrupt = new AbortController();
  let first: number | undefined;
  const onSignal = () => {
    const now = Date.now();
    first ??= now;
    if (now - first > samePressMilliseconds) process.exit(exitCodes.interrupted);
    interrupt.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return interrupt.signal;
}
