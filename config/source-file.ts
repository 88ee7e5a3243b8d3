import { readFileSync } from "node:fs";
import { isAbsolute, relative } from "node:path";
import { findNodeAtLocation, getNodeValue, type Node } from "jsonc-parser";
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
  private readonly text: string;
  private readonly root: Node | undefined;

  private constructor(path: string, text: string, before: readonly string[]) {
    this.file = shownPath(path);
    this.text = text;
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

  /** Reads a file. What keeps it from being read is among its problems. */
  static read(path: string): SourceFile {
    try {
      const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
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
    return this.root && findNodeAtLocation(this.root, [...path]);
  }

  private place(offset: number): SourcePosition {
    const before = this.text.slice(0, offset);
    const line = before.split("\n").length;
    return { file: this.file, line, column: offset - before.lastIndexOf("\n") };
  }
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
  if (error.code === "ERR_ENCODING_INVALID_ENCODED_DATA") return "must be UTF-8 text";
  if (error.code === "ENOENT") return "must exist";
  if (error.code === "EISDIR") return "must be a file, but is a folder";
  return `must be readable (${error.code ?? error.message})`;
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
