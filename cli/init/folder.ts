import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { isExampleAccount } from "../../config/example-account";
import { listAccountFiles, schemaFileName, sharedFileName } from "../../config/folder";
import type { Files } from "./files";

/** What happens to one file of a folder. */
export interface FileChange {
  readonly file: string;
  readonly change: "create" | "replace" | "remove" | "keep" | "unchanged";
  /** What a file that is there says of its account. */
  readonly was?: string;
}

interface Present {
  readonly kind?: unknown;
  readonly account?: unknown;
}

function read(path: string): Present {
  try {
    return (JSON.parse(readFileSync(path, "utf8")) ?? {}) as Present;
  } catch {
    return {};
  }
}

const isExample = ({ account }: Present): boolean => typeof account === "string" && isExampleAccount(account);

function describe(present: Present): string {
  if (typeof present.account !== "string") return "no account in it";
  return `${String(present.kind)}, ${isExample(present) ? "example account" : "account"} ${present.account}`;
}

/** The account files in a folder, those of the shipped example apart. */
export function accountFilesIn(directory: string): { readonly examples: string[]; readonly own: string[] } {
  const { files } = listAccountFiles(directory);
  const named = (paths: string[]) => paths.map((path) => basename(path));
  return {
    examples: named(files.filter((path) => isExample(read(path)))),
    own: named(files.filter((path) => !isExample(read(path)))),
  };
}

/** Whether a change takes something away that a person may have written; the schema is made, not written. */
export const isReplacing = ({ file, change }: FileChange): boolean =>
  (change === "replace" || change === "remove") && file !== schemaFileName;

/** What writing files to a folder does to it: examples that are not written again are removed, anything else stays. */
export function changesTo(directory: string, files: Files): FileChange[] {
  const written = [...files].map(([file, text]): FileChange => {
    const path = join(directory, file);
    if (!existsSync(path)) return { file, change: "create" };
    if (readFileSync(path, "utf8") === text) return { file, change: "unchanged" };
    const isAccount = file !== sharedFileName && "account" in read(path);
    return { file, change: "replace", ...(isAccount && { was: describe(read(path)) }) };
  });
  const others = listAccountFiles(directory)
    .files.filter((path) => !files.has(basename(path)))
    .map((path): FileChange => {
      const present = read(path);
      return { file: basename(path), change: isExample(present) ? "remove" : "keep", was: describe(present) };
    });
  return [...written, ...others];
}

/** Runs something on the folder as it would be; nothing of it is left afterwards. */
export function withStaging<T>(
  directory: string,
  files: Files,
  changes: readonly FileChange[],
  use: (staging: string) => T,
): T {
  const staging = mkdtempSync(join(tmpdir(), "mlops-init-"));
  try {
    for (const [file, text] of files) writeFileSync(join(staging, file), text);
    for (const { file, change } of changes)
      if (change === "keep") writeFileSync(join(staging, file), readFileSync(join(directory, file)));
    return use(staging);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Makes the changes; where one fails, the folder is as it was. */
export function makeChanges(directory: string, files: Files, changes: readonly FileChange[]): void {
  const before = new Map<string, Buffer | undefined>();
  mkdirSync(directory, { recursive: true });
  try {
    for (const { file, change } of changes) {
      if (change === "keep" || change === "unchanged") continue;
      const path = join(directory, file);
      before.set(path, change === "create" ? undefined : readFileSync(path));
      if (change === "remove") rmSync(path);
      else write(path, files.get(file) ?? "");
    }
  } catch (error) {
    for (const [path, content] of before)
      if (content === undefined) rmSync(path, { force: true });
      else write(path, content);
    throw error;
  }
}

/** A file is there whole or not at all. */
function write(path: string, content: string | Buffer): void {
  const unfinished = `${path}.unfinished`;
  try {
    writeFileSync(unfinished, content);
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}
