import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

const sha256 = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex");

/** SHA-256 of a file, in hexadecimal; undefined where there is none. */
export const hashFile = (file: string): string | undefined =>
  existsSync(file) ? sha256(readFileSync(file)) : undefined;

/** SHA-256 over the names and contents of all files in a folder, in hexadecimal; undefined where there is none. */
export function hashFolder(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const lines = files.map((file) => `${relative(folder, file)} ${sha256(readFileSync(file))}`);
  return sha256(lines.toSorted().join("\n"));
}
