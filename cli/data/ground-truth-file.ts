import { ConfigurationError, type Problem } from "../../config/problems";

/** A file as its user calls it, with what it holds. */
export interface GivenFile {
  readonly file: string;
  readonly content: Uint8Array;
}

/** A problem whose place is known, without a value: rows are people's. */
type Fault = Pick<Problem, "line" | "column" | "message">;

const header = "id,value";
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Counts the rows of a file of ground truth: CSV without quotes whose header is `id,value`, with a number for each id and an id once.
 * @param batch what was predicted, as CSV whose first column is the id: no other id may be told of. @default any
 * @throws ConfigurationError with all that is wrong, by line and column
 */
export function checkGroundTruth({ file, content }: GivenFile, batch?: GivenFile): number {
  const known = batch && idsOf(batch);
  const [first, ...rows] = linesOf({ file, content });
  if (first?.text !== header) refuse(file, [{ line: 1, column: 1, message: `must begin with ${header}` }]);
  const seen = new Map<string, number>();
  const faults = rows.flatMap(({ line, text }) => {
    const cells = text.split(",");
    const [id = "", value = ""] = cells.map((cell) => cell.trim());
    const before = seen.get(id);
    if (before === undefined) seen.set(id, line);
    const at = (column: number, message: string): Fault => ({ line, column, message });
    if (text.includes('"')) return [at(text.indexOf('"') + 1, "must be without quotes")];
    if (cells.length !== 2) return [at(1, `must be ${header}, has ${cells.length} cells`)];
    return [
      ...(id === "" ? [at(1, "id must not be empty")] : []),
      ...(id !== "" && before !== undefined
        ? [at(1, `id must be there once, is on line ${before} too`)]
        : []),
      ...(id !== "" && known && !known.has(id) ? [at(1, `id must be one of ${batch.file}`)] : []),
      ...(number.test(value) ? [] : [at(text.indexOf(",") + 2, "value must be a number")]),
    ];
  });
  if (faults.length > 0) refuse(file, faults);
  if (rows.length === 0) refuse(file, [{ line: 2, column: 1, message: "must have a row" }]);
  return rows.length;
}

function idsOf({ file, content }: GivenFile): ReadonlySet<string> {
  const [first, ...rows] = linesOf({ file, content });
  const idIn = (text: string | undefined) => text?.split(",")[0]?.trim() ?? "";
  if (idIn(first?.text) !== "id")
    refuse(file, [{ line: 1, column: 1, message: "must have id as its first column" }]);
  return new Set(rows.map(({ text }) => idIn(text)));
}

/** Lines that are not empty, by number. */
function linesOf({ file, content }: GivenFile): { readonly line: number; readonly text: string }[] {
  return textOf(file, content)
    .split(/\r?\n/)
    .map((text, at) => ({ line: at + 1, text }))
    .filter(({ text }) => text.trim() !== "");
}

function textOf(file: string, content: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    const end = new TextDecoder().decode(content).indexOf("\uFFFD");
    const before = new TextDecoder().decode(content).slice(0, end).split("\n");
    return refuse(file, [
      { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, message: "must be UTF-8" },
    ]);
  }
}

function refuse(file: string, faults: readonly Fault[]): never {
  throw new ConfigurationError(faults.map((fault) => ({ file, path: "", ...fault })));
}
