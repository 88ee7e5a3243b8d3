import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { applyEdits, modify } from "jsonc-parser";
import { listAccountFiles, schemaFileName, sharedFileName } from "../../config/folder";
import { environmentJsonSchema } from "../../config/json-schema";
import { ConfigurationError } from "../../config/problems";
import type { Estate } from "../../config/schema";
import { fileProblem } from "../../config/source-file";
import type { ModelDefinition } from "../../pipelines/model";
import { knownOf, readEstate } from "../../stacks/known";
import { makeChanges, type FileChange } from "../init/folder";
import type { Files } from "../init/files";

/** JSON text with a value put in, all else as it is written. @param keys that lead to the value */
export function withValue(text: string, keys: readonly string[], value: unknown): string {
  const [, indent = "  "] = /^[[{]\r?\n([ \t]+)/.exec(text) ?? [];
  const formattingOptions = {
    insertSpaces: !indent.startsWith("\t"),
    tabSize: indent.startsWith("\t") ? 1 : indent.length,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
  return applyEdits(text, modify(text, [...keys], value, { formattingOptions }));
}

/** The text of an environment's file. */
export const environmentText = (directory: string, name: string): string =>
  readFileSync(join(directory, `${name}.json`), "utf8");

/**
 * The estate as it would be with some files new or changed, checked by every rule.
 * @throws ConfigurationError with each problem at its place in the folder
 */
export function estateWith(directory: string, files: Files, models: readonly ModelDefinition[]): Estate {
  const staging = mkdtempSync(join(tmpdir(), "mlops-new-"));
  try {
    const present = [...listAccountFiles(directory).files, join(directory, sharedFileName)];
    for (const path of present) cpSync(path, join(staging, basename(path)));
    for (const [file, text] of files) writeFileSync(join(staging, file), text);
    return readEstate(staging, models);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new ConfigurationError(
      error.problems.map((problem) => ({
        ...problem,
        file: fileProblem(join(directory, basename(problem.file)), "").file,
      })),
    );
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Files of a folder that are to be written together, all or none. */
export interface Writing {
  /** Paths of those that are new or change. */
  readonly written: readonly string[];
  readonly write: () => void;
}

/** Writes some files to a folder of environment files, and anew the schema of what they may say of the models there are. */
export function writingOf(directory: string, files: Files, models: readonly ModelDefinition[]): Writing {
  const all: Files = new Map([...files, [schemaFileName, environmentJsonSchema(knownOf(models))]]);
  const changes = [...all].map(([file, text]): FileChange => {
    const before = textOf(join(directory, file));
    return { file, change: before === undefined ? "create" : before === text ? "unchanged" : "replace" };
  });
  return {
    written: changes
      .filter(({ change }) => change !== "unchanged")
      .map(({ file }) => fileProblem(join(directory, file), "").file),
    write: () => {
      makeChanges(directory, all, changes);
    },
  };
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
