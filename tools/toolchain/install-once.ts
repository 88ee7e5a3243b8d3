import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Makes a folder whole or not at all: `build` fills a temporary neighbour, which is renamed into place at the end. What
 * a killed run left behind is removed; two runs at once both build, and the first to finish wins.
 * @param build fills the folder that it is given
 * @returns the folder
 */
export async function installOnce(
  folder: string,
  build: (temporary: string) => Promise<void>,
): Promise<string> {
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  removeAbandoned(folder);
  const temporary = mkdtempSync(`${folder}.building-${process.pid}-`);
  try {
    await build(temporary);
    rename(temporary, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return folder;
}

function rename(temporary: string, folder: string): void {
  try {
    renameSync(temporary, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

function removeAbandoned(folder: string): void {
  const prefix = `${basename(folder)}.building-`;
  for (const name of readdirSync(dirname(folder))) {
    if (!name.startsWith(prefix) || isRunning(Number.parseInt(name.slice(prefix.length)))) continue;
    rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
