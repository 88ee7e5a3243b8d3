import { readFileSync } from "node:fs";
import {
  findNodeAtLocation,
  parseTree,
  printParseErrorCode,
  getNodeValue,
  type Node,
  type ParseError,
} from "jsonc-parser";
import type { Problem } from "./problems";

/** Keys and indexes that lead to a value. */
export type Path = readonly (string | number)[];

/** A JSON file that still knows where each of its values stands. */
export class SourceFile {
  readonly value: unknown;
  /** Mistakes in the JSON itself; a file that has any is read no further. */
  readonly problems: readonly Problem[];
  private readonly text: string;
  private readonly tree: Node | undefined;

  constructor(
    /** As it is shown in problems. */
    readonly file: string,
    path: string,
  ) {
    this.text = readFileSync(path, "utf8");
    const errors: ParseError[] = [];
    this.tree = parseTree(this.text, errors, { disallowComments: true });
    this.value = this.tree && (getNodeValue(this.tree) as unknown);
    this.problems = [...errors.slice(0, 1).map((error) => this.syntaxProblem(error)), ...this.duplicateKeys(this.tree)];
  }

  /** A problem at a value; at the object that lacks it, where there is none. */
  problem(path: Path, rule: string, { showValue = true } = {}): Problem {
    const node = this.nodeAt(path);
    const found = node?.offset ?? this.nodeAt(path.slice(0, -1))?.offset ?? 0;
    const got = node && showValue ? JSON.stringify(getNodeValue(node)) : undefined;
    return { ...this.place(found), path: path.join("."), rule, got: concealSecret(got) };
  }

  /** A problem at a key rather than its value. */
  problemAtKey(path: Path, rule: string): Problem {
    const key = this.nodeAt(path)?.parent?.children?.[0];
    return { ...this.place(key?.offset ?? 0), path: path.join("."), rule };
  }

  private nodeAt(path: Path): Node | undefined {
    return this.tree && findNodeAtLocation(this.tree, [...path]);
  }

  private place(offset: number): Pick<Problem, "file" | "line" | "column"> {
    const before = this.text.slice(0, offset).split("\n");
    return { file: this.file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  }

  private syntaxProblem({ error, offset }: ParseError): Problem {
    const what = printParseErrorCode(error).replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
    return { ...this.place(offset), path: "", rule: `must be valid JSON: ${what}` };
  }

  private duplicateKeys(node: Node | undefined): Problem[] {
    const children = node?.children ?? [];
    const keys = node?.type === "object" ? children.map((property) => property.children?.[0]) : [];
    const duplicates = keys.filter(
      (key, index) => key && keys.findIndex((other) => other?.value === key.value) !== index,
    );
    return [
      ...duplicates.map((key) => ({
        ...this.place(key?.offset ?? 0),
        path: String(key?.value),
        rule: "must not stand twice in one object",
      })),
      ...children.flatMap((child) => this.duplicateKeys(child)),
    ];
  }
}

const secretPattern = /AKIA[0-9A-Z]{16}|ASIA[0-9A-Z]{16}|-----BEGIN|(?:password|secret|token)["']?\s*[:=]/i;

/** A value that looks like a credential is never shown. */
const concealSecret = (got: string | undefined): string | undefined =>
  got !== undefined && secretPattern.test(got) ? "(a value that looks like a secret)" : got;

/** Whether a text looks like a credential, which must not stand in these files. */
export const looksLikeSecret = (text: string): boolean => secretPattern.test(text);
