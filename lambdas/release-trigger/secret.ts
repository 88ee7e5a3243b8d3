/**
 * A text in a secret, which is JSON.
 * @throws Error that says what is missing, and nothing of what is there
 */
export function textIn(secret: string, key: string): string {
  const text = fieldsOf(secret)[key];
  if (typeof text === "string" && text !== "") return text;
  throw new Error(`The secret must be JSON with a text "${key}"`);
}

function fieldsOf(secret: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(secret) ?? {}) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
