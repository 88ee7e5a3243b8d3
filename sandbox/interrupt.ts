/** Under npm, one Ctrl-C may arrive twice: from the terminal, and passed on by npm. */
const samePressMilliseconds = 1_000;
const interrupted = 130;

/**
 * A signal that aborts at the first Ctrl-C or SIGTERM, for programs that have something to tidy up; the next one ends
 * the process at once.
 * @param onFirst says so
 */
export function interruptSignal(onFirst: () => void = () => undefined): AbortSignal {
  const interrupt = new AbortController();
  let first: number | undefined;
  const onSignal = () => {
    const now = Date.now();
    if (first === undefined) onFirst();
    first ??= now;
    if (now - first > samePressMilliseconds) process.exit(interrupted);
    interrupt.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return interrupt.signal;
}
