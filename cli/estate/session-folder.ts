import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { cache } from "../../tools/paths";

const sessions = join(cache, "sessions");
const dayMilliseconds = 24 * 60 * 60_000;

/** A folder for what one run of a command makes, readable by its user alone; the run removes it. */
export function folderOfThisRun(): string {
  mkdirSync(sessions, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(sessions)) removeIfLeftOver(join(sessions, name));
  return mkdtempSync(join(sessions, `${process.pid}-`));
}

/** A run that was killed leaves its folder behind, in which Terraform may still be at work. */
function removeIfLeftOver(folder: string): void {
  const changed = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Date.now() - changed > dayMilliseconds) rmSync(folder, { recursive: true, force: true });
}
