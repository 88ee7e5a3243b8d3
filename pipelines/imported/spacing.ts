import { createScanner, SyntaxKind } from "jsonc-parser";

/** What stands behind commas and colons: nothing, or a space as Python's `json.dumps` has it. */
export const spacings = { compact: "", python: " " } as const;

export type Spacing = keyof typeof spacings;

/** JSON with other spaces between its parts; how texts and numbers are written stays. */
export function respaced(json: string, spacing: Spacing): string {
  const scanner = createScanner(json, true);
  const parts: string[] = [];
  for (let token = scanner.scan(); token !== SyntaxKind.EOF; token = scanner.scan()) {
    const separates = token === SyntaxKind.CommaToken || token === SyntaxKind.ColonToken;
    parts.push(json.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength()));
    if (separates) parts.push(spacings[spacing]);
  }
  return parts.join("");
}
