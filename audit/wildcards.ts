/** Whether a text is what a pattern with `*` covers. */
export function matches(pattern: string, text: string): boolean {
  if (!pattern.includes("*")) return pattern === text;
  const expression = pattern.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replaceAll("*", ".*");
  return new RegExp(`^${expression}$`).test(text);
}

/** Actions know no case. */
export const matchesAction = (pattern: string, action: string): boolean =>
  matches(pattern.toLowerCase(), action.toLowerCase());
