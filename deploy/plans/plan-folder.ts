import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { manifestSchema, type Manifest } from "./manifest/schema";

/** A folder of saved plans cannot be used; the message says why, and what to do. */
export class PlanFolderError extends Error {}

const manifestFile = "manifest.json";
const markdownFile = "plan.md";
const stackFiles = ["plan.tfplan", "summary.json", "apply.jsonl", "applied.json", "errored.tfstate"] as const;

/** A folder that holds the saved plans of one run, and what is known of them. */
export class PlanFolder {
  constructor(readonly path: string) {}

  /** Path of one of a stack's files. */
  file(stack: string, name: (typeof stackFiles)[number]): string {
    return join(this.path, stack, name);
  }

  writeMarkdown(text: string): void {
    writeFileSync(join(this.path, markdownFile), text);
  }

  /**
   * Makes the folder, for its owner only, without what an earlier plan left there.
   * @throws PlanFolderError where something else is in it
   */
  prepare(stacks: readonly string[]): void {
    const found = statSync(this.path, { throwIfNoEntry: false });
    if (found && !found.isDirectory()) throw new PlanFolderError(`${this.path} is no folder`);
    const others = found ? readdirSync(this.path).filter((name) => !this.isOurs(name)) : [];
    if (others.length > 0)
      throw new PlanFolderError(
        `${this.path} holds more than a plan (${others.join(", ")}): name an empty folder`,
      );
    rmSync(this.path, { recursive: true, force: true });
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    for (const stack of stacks) mkdirSync(join(this.path, stack), { recursive: true, mode: 0o700 });
  }

  private isOurs(name: string): boolean {
    if (name === manifestFile || name === markdownFile) return true;
    const path = join(this.path, name);
    const known: readonly string[] = stackFiles;
    const found = statSync(path, { throwIfNoEntry: false });
    return found?.isDirectory() === true && readdirSync(path).every((file) => known.includes(file));
  }

  writeManifest(manifest: Manifest): void {
    writeJson(join(this.path, manifestFile), manifest);
  }

  /** @throws PlanFolderError where there is none, or none that this version wrote */
  readManifest(): Manifest {
    const file = join(this.path, manifestFile);
    if (!existsSync(file))
      throw new PlanFolderError(
        `${this.path} holds no plan that can be applied: mlops plan --out writes one, unless a stack fails to plan`,
      );
    const { success, data, error } = manifestSchema.safeParse(readJson(file));
    if (success) return data;
    throw new PlanFolderError(`${file} is not what mlops plan wrote:\n${z.prettifyError(error)}`);
  }

  writeJson(stack: string, name: "summary.json" | "applied.json", value: unknown): void {
    writeJson(this.file(stack, name), value);
  }

  /** What a JSON file of a stack's says; undefined where there is none. */
  readJson(stack: string, name: "summary.json" | "applied.json"): unknown {
    const file = this.file(stack, name);
    return existsSync(file) ? readJson(file) : undefined;
  }
}

const writeJson = (file: string, value: unknown): void => {
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
};

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as unknown;
  } catch {
    throw new PlanFolderError(`${file} is no JSON`);
  }
}
