/** A cell, and how it looks once it has its width. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

export type Row = readonly (string | Cell)[];

const cellOf = (cell: string | Cell): Cell => (typeof cell === "string" ? { text: cell } : cell);

/** Rows as lines with their columns below one another, two spaces apart; the first row is the header. */
export function tableOf(rows: readonly Row[]): string[] {
  const cells = rows.map((row) => row.map(cellOf));
  const widths: number[] = [];
  for (const row of cells)
    row.forEach(({ text }, column) => (widths[column] = Math.max(widths[column] ?? 0, text.length)));
  return cells.map((row) =>
    row
      .map(({ text, paint = unpainted }, column) =>
        column === row.length - 1
          ? paint(text)
          : paint(text) + " ".repeat((widths[column] ?? 0) - text.length),
      )
      .join("  ")
      .trimEnd(),
  );
}

const unpainted = (text: string): string => text;

/** Names and values below one another; those without a value are left out. */
export const factsOf = (facts: Readonly<Record<string, string | undefined>>): string[] =>
  tableOf(Object.entries(facts).flatMap(([name, value]) => (value ? [[name, value]] : [])));
