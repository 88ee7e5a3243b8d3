/** Control characters, and those that are not seen: some change what a terminal does, or the order that text is read in. */
const unseen = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A line in which nothing can act on a terminal, or look like something else; whatever could is spelled out. */
export const printable = (line: string): string =>
  line.replace(unseen, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`);

/** The lines of a text, each printable. */
export const printableLines = (text: string): string[] => text.split(/\r?\n/).map(printable);
