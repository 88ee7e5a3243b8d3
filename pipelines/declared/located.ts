import { readFileSync } from "node:fs";
import { findNodeAtLocation, parseTree, type Node, type ParseError } from "jsonc-parser";
import { ModelError } from "../model-error";

/** Keys and indexes that lead to a value. */
export type Path = readonly (string | number)[];

/** A declaration as data, which knows where in its file each value is. */
export interface Located {
  readonly value: unknown;
  /** A complaint with its place: `pipelines/risk/model.json:3:10 sdk must be …`; of a value that is missing, what should hold it. */
  readonly complain: (path: Path, message: string) => string;
}

/** @param file as messages call it @throws ModelError where it is no JSON */
export function readLocated(path: string, file: string): Located {
  const text = readFileSync(path, "utf8");
  const errors: ParseError[] = [];
  const root = parseTree(text, errors);
  const [error] = errors;
  try {
    const value = JSON.parse(text) as unknown;
    return {
      value,
      complain: (at, message) =>
        [`${file}:${placeOf(text, nodeAt(root, at)?.offset ?? 0)}`, written(at), message]
          .join(" ")
          .replace("  ", " "),
    };
  } catch (cause) {
    throw new ModelError(
      `${file}:${placeOf(text, error?.offset ?? 0)} must be valid JSON: ${(cause as Error).message}`,
      { cause },
    );
  }
}

const nodeAt = (root: Node | undefined, path: Path): Node | undefined =>
  root && (findNodeAtLocation(root, [...path]) ?? (path.length > 0 ? nodeAt(root, path.slice(0, -1)) : root));

/** Line and column, from 1. */
function placeOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split("\n");
  return `${lines.length}:${(lines.at(-1) ?? "").length + 1}`;
}

const written = (path: Path): string =>
  path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
    .join("")
    .replace(/^\./, "");
