/** A tool is missing and could not be brought: what is missing, why, and the remedy, in one message. */
export class ToolchainError extends Error {
  constructor(missing: string, reasons: readonly string[], remedy: string) {
    super([missing, ...reasons.map((reason) => `  - ${reason}`), `Remedy: ${remedy}`].join("\n"));
    this.name = "ToolchainError";
  }
}

/** What an error says; some of Node's network errors hold only a code. */
export function reasonOf(error: unknown): string {
  const { message, code } = error as Partial<NodeJS.ErrnoException>;
  return [message, code].find((text) => text !== undefined && text !== "") ?? String(error);
}
