/** Cells of a CSV text without quotes, row by row; empty lines apart. */
export const rowsOf = (text: string): string[][] =>
  text
    .split(/\r?\n/)
    .filter((line) => line !== "")
    .map((line) => line.split(","));

/** A cell as a number; undefined where it is empty, `?` or text. */
export function numberIn(cell: string | undefined): number | undefined {
  const number = cell === undefined || cell.trim() === "" ? Number.NaN : Number(cell);
  return Number.isFinite(number) ? number : undefined;
}
