import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { SdkVersion } from "../../tools/sagemaker-sdk/environment";

/** Pipelines of a model that are written in Python. */
export interface PythonSource {
  /** Name of the model. */
  readonly model: string;
  readonly folder: string;
  /** File in the folder that has the function. */
  readonly file: string;
  readonly sdk: SdkVersion;
  /** Short names of the pipelines that it gives. */
  readonly names: readonly string[];
}

/** What a definition cannot depend on: tests, and what programs leave behind. */
const leftOut = /(^|[/\\])(test|__pycache__|\.[^/\\]+)([/\\]|$)/;

const known = new Map<string, string>();

/** Hash of all that a rendering may read of a folder; once a process. */
export function hashOfFolder(folder: string): string {
  const hash = known.get(folder) ?? contentHash(folder);
  known.set(folder, hash);
  return hash;
}

function contentHash(folder: string): string {
  const hash = createHash("sha256");
  for (const file of filesIn(folder)) {
    const content = readFileSync(join(folder, file));
    hash.update(`${file.replaceAll(sep, "/")}\n${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .filter((file) => !leftOut.test(file))
    .toSorted();
