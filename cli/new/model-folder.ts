import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UsageError } from "../errors";

/** Contents of files by their paths in a model's folder. */
export type ModelFiles = ReadonlyMap<string, string | Buffer>;

/** Short enough for the names of functions and roles that hold a model's (`core/naming.ts`). */
const namePattern = /^(?=.{2,32}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** @throws UsageError for a name that a model cannot have, or whose folder is there already */
export function checkModelName(pipelines: string, name: string): void {
  if (!namePattern.test(name))
    throw new UsageError(
      "A model's name must be 2 to 32 lower-case letters and digits in words joined by single dashes, starting with a letter, " +
        `got: ${JSON.stringify(name)}`,
    );
  if (existsSync(join(pipelines, name))) throw new UsageError(`pipelines/${name} is there already`);
}

/**
 * Makes a model's folder, whole or not at all, and then does what goes with it.
 * @param pipelines the folder that models' folders are in
 * @param then where it fails, the folder goes again
 */
export function makeModelFolder(pipelines: string, name: string, files: ModelFiles, then: () => void): void {
  // One folder deeper than a model's, so that nobody takes it for one before it is whole.
  const unfinished = mkdtempSync(join(pipelines, ".unfinished-"));
  try {
    for (const [file, content] of files) {
      const path = join(unfinished, name, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
    renameSync(join(unfinished, name), join(pipelines, name));
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  orRemove(join(pipelines, name), then);
}

/** Adds a file to a folder that stands, whole or not at all, and then does what goes with it. */
export function addModelFile(path: string, text: string, then: () => void): void {
  const unfinished = `${path}.unfinished`;
  try {
    writeFileSync(unfinished, text);
    renameSync(unfinished, path);
  } finally {
    rmSync(unfinished, { force: true });
  }
  orRemove(path, then);
}

function orRemove(path: string, then: () => void): void {
  try {
    then();
  } catch (error) {
    rmSync(path, { recursive: true, force: true });
    throw error;
  }
}

/** `mammo-severity` → `mammoSeverity`. */
export const camelCase = (name: string): string =>
  name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
