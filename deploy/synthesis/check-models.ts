import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { cache, repository } from "../../tools/paths";

export interface TypeCheck {
  /** @default this repository */
  readonly directory?: string;
  /** Keeps a hash of the sources that were last found right. @default below .cache */
  readonly folder?: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Checks the types of all models: a definition is made of values that are wrong only when it runs. Running code is
 * compiled without its types (ADR 2), so this takes a compiler of its own, for as long as the sources are not those
 * that were found right before.
 * @returns what is wrong, a line each: `pipelines/<model>/train-steps.ts:12:5 …`; empty where nothing is
 */
export async function typeErrorsOfModels({
  directory = repository,
  folder = join(cache, "types"),
  signal,
}: TypeCheck = {}): Promise<string[]> {
  const [stamp, project] = [join(folder, "checked"), join(folder, "tsconfig.json")];
  const hash = hashOfSources(directory);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return [];
  mkdirSync(folder, { recursive: true });
  writeFileSync(project, JSON.stringify(settings(directory)));
  const compiler = require.resolve("typescript/lib/tsc.js");
  const { exitCode, stdout } = await execa(process.execPath, [compiler, "--pretty", "false", "-p", project], {
    cwd: directory,
    stdin: "ignore",
    reject: false,
    ...(signal && { cancelSignal: signal }),
  });
  if (exitCode === 0) writeFileSync(stamp, hash);
  return exitCode === 0 ? [] : stdout.trim().split("\n").map(withPosition);
}

/** All that is reachable from the models, without their tests. */
const settings = (directory: string) => ({
  extends: join(directory, "tsconfig.json"),
  compilerOptions: { types: ["node"], typeRoots: [join(repository, "node_modules/@types")] },
  files: sources(directory, "pipelines")
    .filter((file) => /^pipelines\/([^/]+\/model|index)\.ts$/.test(file))
    .map((file) => join(directory, file)),
  include: [],
});

/** What decides about the types of models. */
function hashOfSources(directory: string): string {
  const files = [...sources(directory, "pipelines"), ...sources(directory, "core")];
  const hash = createHash("sha256");
  for (const file of [...files, "tsconfig.json", "package-lock.json"].toSorted())
    hash.update(`${file}\n`).update(readFileSync(join(directory, file)));
  return hash.digest("hex");
}

const sources = (directory: string, part: string): string[] =>
  readdirSync(join(directory, part), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(part, file));

/** A place as the other messages have it: `FILE:12:5 …` instead of `FILE(12,5): error …`. */
const withPosition = (line: string): string => line.replace(/^(\S+)\((\d+),(\d+)\): error /, "$1:$2:$3 ");
