import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hashFile } from "../synthesis/hashes";

const lockName = ".terraform.lock.hcl";

/** Terraform's dependency lock file of one stack. */
export interface ProviderLock {
  /** SHA-256 of the file. */
  readonly hash: string;
  /** Version by source address. */
  readonly providers: Readonly<Record<string, string>>;
}

/** Whether `init` has ended well in a folder: it writes its choice down last. */
export const isInitialised = (directory: string): boolean => existsSync(join(directory, lockName));

/** Reads what `init` has chosen. @throws Error where the folder was not initialised */
export function readProviderLock(directory: string): ProviderLock {
  const file = join(directory, lockName);
  const hash = existsSync(file) ? hashFile(file) : undefined;
  if (hash === undefined) throw new Error(`${directory} has not been initialised`);
  const blocks = readFileSync(file, "utf8").matchAll(/provider "([^"]+)" \{[^}]*?version\s*=\s*"([^"]+)"/g);
  return {
    hash,
    providers: Object.fromEntries([...blocks].map((match) => [match[1] ?? "", match[2] ?? ""])),
  };
}

/**
 * Compares what `init` has found with the hashes that are committed. @returns a sentence for each provider that is none of those
 * https://developer.hashicorp.com/terraform/language/files/dependency-lock#checksum-verification
 */
export function providersNotIn(directory: string, committed: string): string[] {
  const file = join(directory, lockName);
  if (!existsSync(file)) return []; // only what is built into Terraform
  const known = hashesIn(committed);
  return [...hashesIn(file)].flatMap(([source, hashes]) =>
    hashes.some((hash) => known.get(source)?.includes(hash))
      ? []
      : [`the provider ${source} is none of the builds whose hashes are committed (${hashes.join(", ")})`],
  );
}

function hashesIn(file: string): Map<string, string[]> {
  const blocks = readFileSync(file, "utf8").matchAll(/provider "([^"]+)" \{([^}]*)\}/g);
  return new Map(
    [...blocks].map(([, source = "", block = ""]) => [
      source,
      [...block.matchAll(/"((?:h1|zh):[^"]+)"/g)].map(([, hash = ""]) => hash),
    ]),
  );
}
