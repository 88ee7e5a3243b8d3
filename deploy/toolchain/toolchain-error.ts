/** A tool is missing and could not be brought: what is missing, why, and the remedy, in one message. */
export class ToolchainError extends Error {
  constructor(missing: string, reasons: readonly string[], remedy: string) {
    super([missing, ...reasons.map((reason) => `  - ${reason}`), `Remedy: ${remedy}`].join("\n"));
    this.name = "ToolchainError";
  }
}

/** What an error says. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ((error as NodeJS.ErrnoException).code ?? error.name);
}
