import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hashFile } from "../synthesis/hashes";

/** Terraform's dependency lock file of one stack. */
export interface ProviderLock {
  /** SHA-256 of the file. */
  readonly hash: string;
  /** Version by source address. */
  readonly providers: Readonly<Record<string, string>>;
}

/** Reads what `init` has chosen. @throws Error where the folder was not initialised */
export function readProviderLock(directory: string): ProviderLock {
  const file = join(directory, ".terraform.lock.hcl");
  const hash = existsSync(file) ? hashFile(file) : undefined;
  if (hash === undefined) throw new Error(`${directory} has not been initialised`);
  const blocks = readFileSync(file, "utf8").matchAll(/provider "([^"]+)" \{[^}]*?version\s*=\s*"([^"]+)"/g);
  return {
    hash,
    providers: Object.fromEntries([...blocks].map((match) => [match[1] ?? "", match[2] ?? ""])),
  };
}
