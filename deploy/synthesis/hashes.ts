import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

const sha256 = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex");

/** SHA-256 of a file, in hexadecimal; undefined where there is none. */
export const hashFile = (file: string): string | undefined =>
  existsSync(file) ? sha256(readFileSync(file)) : undefined;

/**
 * What a plan leaves beside the synthesised files: Terraform's own, whose lock file has a hash of its own, and what is to
 * leave the state, which the saved plan holds.
 */
const leftByPlan =
  /^(\.terraform|\.terraform\.lock\.hcl|[^/]+\.tfplan|errored\.tfstate|kept\.tf\.json)(\/|$)/;

/**
 * SHA-256 over the names and contents of a stack's synthesised files, in hexadecimal; undefined where there is no such
 * folder. It is the same before and after Terraform has worked there.
 */
export function hashSynthesised(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .filter((file) => !leftByPlan.test(file));
  const lines = files.map((file) => `${file} ${sha256(readFileSync(join(folder, file)))}`);
  return sha256(lines.toSorted().join("\n"));
}
