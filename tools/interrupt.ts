/** Under npm, one Ctrl-C may arrive twice: from the terminal, and passed on by npm. */
const samePressMilliseconds = 1_000;
const interrupted = 130;

export interface Interruption {
  readonly signal: AbortSignal;
  /** Lets Ctrl-C end the process again, once there is nothing left to tidy up. */
  readonly release: () => void;
}

/**
 * A signal that aborts at the first Ctrl-C or SIGTERM, for programs that have something to tidy up; the next one ends
 * the process at once.
 * @param onFirst says so
 */
export function listenForInterrupt(onFirst: () => void = () => undefined): Interruption {
  const interrupt = new AbortController();
  let first: number | undefined;
  const onSignal = () => {
    const now = Date.now();
    if (first === undefined) onFirst();
    first ??= now;
    if (now - first > samePressMilliseconds) process.exit(interrupted);
    interrupt.abort();
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  const release = () => {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  };
  return { signal: interrupt.signal, release };
}
