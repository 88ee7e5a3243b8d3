import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { environmentOf } from "../../tools/python/environment";
import { renderedFolder, sdkEnvironment } from "../../tools/sagemaker-sdk/environment";
import type { Json } from "../definition/values";
import type { PythonContext } from "./context";
import { runRenderer } from "./renderer";
import { renderingOf, type Rendering } from "./result";
import { hashOfFolder, type PythonSource } from "./source";

/** A rendering, and the folder that the contents of its uploads are in. */
export interface KeptRendering extends Rendering {
  readonly folder: string;
}

const resultFile = "result.json";
/** Renderings that are kept; the oldest go. */
const most = 100;

/**
 * What a source gives in each of some accounts. Python runs only for what has not been rendered before: of the same files,
 * for the same context, by the same SDK.
 * @throws ModelError naming file and line where the model's own code fails
 */
export function renderings(source: PythonSource, contexts: readonly PythonContext[]): KeptRendering[] {
  const missing = contexts.filter((context) => !existsSync(join(folderOf(source, context), resultFile)));
  if (missing.length > 0) render(source, missing);
  return contexts.map((context) => {
    const folder = folderOf(source, context);
    const kept = JSON.parse(readFileSync(join(folder, resultFile), "utf8")) as Json;
    return { ...renderingOf(kept, source.names), folder };
  });
}

function folderOf(source: PythonSource, context: PythonContext): string {
  const { sdk, file, names, folder } = source;
  const environment = basename(environmentOf(sdkEnvironment(sdk)));
  const hash = createHash("sha256");
  hash
    .update(JSON.stringify([environment, sdk, file, names, context]))
    .update(hashOfFolder(folder))
    .update(hashOfRenderer());
  return join(renderedFolder, hash.digest("hex").slice(0, 32));
}

let renderer: string | undefined;
const hashOfRenderer = (): string =>
  (renderer ??= hashOfFolder(join(__dirname, "../../tools/sagemaker-sdk/mlops_render")));

function render(source: PythonSource, contexts: readonly PythonContext[]): void {
  mkdirSync(renderedFolder, { recursive: true });
  const work = mkdtempSync(join(renderedFolder, "rendering-"));
  try {
    const found = runRenderer(source, contexts, work);
    contexts.forEach((context, at) => {
      keep(renderingOf(found[at], source.names), work, folderOf(source, context));
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  forgetOldest();
}

/** Appears whole; of two that render the same at once, the first wins. */
function keep(rendering: Rendering, work: string, folder: string): void {
  const whole = mkdtempSync(join(renderedFolder, "rendering-"));
  // Uploads of several accounts may be one file.
  for (const { file } of rendering.uploads) copyFileSync(join(work, file), join(whole, file));
  writeFileSync(join(whole, resultFile), JSON.stringify(rendering));
  try {
    renameSync(whole, folder);
  } catch (error) {
    rmSync(whole, { recursive: true, force: true });
    if (!existsSync(join(folder, resultFile))) throw error;
  }
}

function forgetOldest(): void {
  const kept = readdirSync(renderedFolder)
    .filter((name) => /^[0-9a-f]{32}$/.test(name))
    .map((name) => join(renderedFolder, name));
  const byAge = kept.map((path) => ({ path, at: statSync(path).mtimeMs })).toSorted((a, b) => b.at - a.at);
  for (const { path } of byAge.slice(most)) rmSync(path, { recursive: true, force: true });
}
