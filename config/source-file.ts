import { readFileSync, statSync } from "node:fs";
import { isAbsolute, relative } from "node:path";
import { getNodeValue, type Node } from "jsonc-parser";
import { parseJson } from "./json-text";
import { formatPath, type Path, type Problem } from "./problems";
import { secretIn } from "./secrets";

type SourcePosition = Pick<Problem, "file" | "line" | "column">;

/** A JSON file that knows where each of its values is. */
export class SourceFile {
  /** As it is shown in problems. */
  readonly file: string;
  /** What the file holds; undefined where it cannot be read as JSON. */
  readonly value: unknown;
  /** Mistakes in the text itself. */
  readonly problems: readonly Problem[];
  /** Where each line begins. */
  private readonly lines: readonly number[];
  private readonly root: Node | undefined;
  private readonly children = new Map<Node, ReadonlyMap<string | number, Node>>();

  private constructor(
    path: string,
    private readonly text: string,
    before: readonly string[],
    /** Where a text that stands in another file's is in that one. */
    private readonly outer?: { readonly source: SourceFile; readonly offsets: Uint32Array },
  ) {
    this.file = shownPath(path);
    this.lines = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    const { root, mistakes } = text.trim() === "" ? { root: undefined, mistakes: [] } : parseJson(text);
    this.root = root;
    this.value = root && (getNodeValue(root) as unknown);
    this.problems = [
      ...before.map((message) => fileProblem(path, message)),
      ...mistakes.map(({ offset, path: at, message }) => ({
        ...this.place(offset),
        path: formatPath(at),
        message,
      })),
    ];
  }

  /**
   * Reads a file. What keeps it from being read is among its problems.
   * @param largest in bytes @default far more than a file of settings needs
   */
  static read(path: string, largest = 1024 * 1024): SourceFile {
    try {
      const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
        readRegular(path, largest),
      );
      if (text.trim() === "") return new SourceFile(path, "", ["must hold a JSON object, but is empty"]);
      const marked = text.startsWith("\uFEFF");
      return new SourceFile(
        path,
        text.slice(Number(marked)),
        marked ? ["must not start with a byte order mark"] : [],
      );
    } catch (error) {
      return new SourceFile(path, "", [unreadable(error as NodeJS.ErrnoException)]);
    }
  }

  /** The JSON that is in a text of this file, as a source whose problems are at their places in this one. */
  within(path: Path): SourceFile {
    const { offset, length } = this.nodeAt(path) ?? { offset: 0, length: 0 };
    const { text, offsets } = unescaped(this.text, offset, offset + length);
    return new SourceFile(this.file, text, [], { source: this, offsets });
  }

  /** How a value is written. */
  writtenAt(path: Path): string {
    const { offset, length } = this.nodeAt(path) ?? { offset: 0, length: 0 };
    return this.text.slice(offset, offset + length);
  }

  /** A problem with a value; with what should hold it, where the value is missing. */
  atValue(path: Path, message: string): Problem {
    const node = this.nodeAt(path);
    const place = this.place((node ?? this.nodeAt(path.slice(0, -1)))?.offset ?? 0);
    return { ...place, path: formatPath(path), message, ...(node && shownValue(getNodeValue(node))) };
  }

  /** A problem with a value that must not be printed. */
  atHiddenValue(path: Path, message: string): Problem {
    return { ...this.place(this.nodeAt(path)?.offset ?? 0), path: formatPath(path), message };
  }

  /** A problem with a key, whatever its value is. */
  atKey(path: Path, message: string): Problem {
    const key = this.nodeAt(path)?.parent?.children?.[0];
    return { ...this.place(key?.offset ?? 0), path: formatPath(path), message };
  }

  private nodeAt(path: Path): Node | undefined {
    return path.reduce<Node | undefined>((node, step) => node && this.childrenOf(node).get(step), this.root);
  }

  /** Kept, because a file may have as many problems as it has keys. */
  private childrenOf(node: Node): ReadonlyMap<string | number, Node> {
    const found = this.children.get(node) ?? new Map(childrenOf(node));
    this.children.set(node, found);
    return found;
  }

  private place(offset: number): SourcePosition {
    if (this.outer) return this.outer.source.place(this.outer.offsets[offset] ?? 0);
    const line = countUpTo(this.lines, offset);
    return { file: this.file, line, column: offset - (this.lines[line - 1] ?? 0) + 1 };
  }
}

/** By key or index; of keys that stand twice the first. */
function childrenOf({ type, children = [] }: Node): [string | number, Node][] {
  if (type === "array") return children.map((child, index) => [index, child]);
  return children
    .toReversed()
    .flatMap(({ children: [key, value] = [] }) =>
      key && value ? [[String(key.value), value] as [string, Node]] : [],
    );
}

/** How many numbers of a rising list are at most the limit. */
function countUpTo(rising: readonly number[], limit: number): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a JSON text says, and where each of its UTF-16 units, and its end, is written. */
function unescaped(json: string, start: number, end: number): { text: string; offsets: Uint32Array } {
  const units = json.slice(start + 1, end - 1).matchAll(/\\u[\da-fA-F]{4}|\\.|[^\\]/gs);
  const text = JSON.parse(json.slice(start, end)) as string;
  const offsets = new Uint32Array(text.length + 1).fill(end - 1);
  let at = 0;
  for (const { index } of units) offsets[at++] = start + 1 + index;
  return { text, offsets };
}

/** The bytes of a file that is one: a pipe or a device would give them for ever. @throws Error with a code or in words */
function readRegular(path: string, largest: number): Buffer {
  const facts = statSync(path);
  if (facts.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
  if (!facts.isFile())
    throw Object.assign(new Error(), { code: "must be a file, but is a pipe or a device" });
  if (facts.size > largest)
    throw Object.assign(new Error(), { code: `must be at most ${largest / 1024 / 1024} MiB` });
  return readFileSync(path);
}

/** A problem with a file or folder as a whole. */
export const fileProblem = (path: string, message: string): Problem => ({
  file: shownPath(path),
  line: 1,
  column: 1,
  path: "",
  message,
});

function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path) || ".";
  const outside = fromHere.startsWith("..") || isAbsolute(fromHere);
  return (outside ? path : fromHere).replaceAll("\\", "/");
}

function unreadable(error: NodeJS.ErrnoException): string {
  if (error.name === "RangeError") return "must not be nested so deeply";
  if (error.code === "ERR_ENCODING_INVALID_ENCODED_DATA") return "must be UTF-8 text";
  if (error.code === "ENOENT") return "must exist";
  if (error.code === "EISDIR") return "must be a file, but is a folder";
  return error.code?.startsWith("must ") ? error.code : `must be readable (${error.code ?? error.message})`;
}

const longest = 80;

/** A single value as it is and as JSON; a list or an object in words, because it may hold anything. */
function shownValue(value: unknown): Pick<Problem, "value" | "got"> {
  if (Array.isArray(value)) return { got: "a list" };
  if (typeof value === "object" && value !== null) return { got: "an object" };
  if (typeof value === "string" && secretIn(value) !== undefined) return { got: "a value that is not shown" };
  const scalar = value as NonNullable<Problem["value"]> | null;
  const json = JSON.stringify(scalar);
  return { value: scalar, got: json.length > longest ? `${json.slice(0, longest)}…` : json };
}
