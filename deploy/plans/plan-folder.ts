import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { manifestSchema, type Manifest } from "./manifest/schema";

/** A folder of saved plans cannot be used; the message says why, and what to do. */
export class PlanFolderError extends Error {}

const manifestFile = "manifest.json";
const markdownFile = "plan.md";
const questionFile = "question.txt";
const stackFiles = ["plan.tfplan", "summary.json", "apply.jsonl", "errored.tfstate"] as const;

/** What earlier versions left in a stack's folder. */
const formerFiles = ["applied.json"];

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

  /** What is asked of whoever approves the plan; it stands before the plan's Markdown too. */
  writeQuestion(question: string, markdown: string): void {
    writeFileSync(join(this.path, questionFile), `${question}\n`);
    this.writeMarkdown(`\`\`\`text\n${question}\n\`\`\`\n\n${markdown}`);
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
    if ([manifestFile, markdownFile, questionFile].includes(name)) return true;
    const path = join(this.path, name);
    const known: readonly string[] = [...stackFiles, ...formerFiles];
    const found = statSync(path, { throwIfNoEntry: false });
    return found?.isDirectory() === true && readdirSync(path).every((file) => known.includes(file));
  }

  /** @returns the manifest's digest, by which all that is saved can be told from any other */
  writeManifest(manifest: Manifest): string {
    writeJson(join(this.path, manifestFile), manifest);
    return this.digest;
  }

  /** SHA-256 of the manifest, in hexadecimal. It holds the hashes of all saved plans. */
  get digest(): string {
    return sha256(readFileSync(join(this.path, manifestFile)));
  }

  /** @throws PlanFolderError as `read` */
  readManifest(): Manifest {
    return this.read().manifest;
  }

  /**
   * The manifest with its digest.
   * @param digest that it must have, known from elsewhere. @default any
   * @throws PlanFolderError where there is none, none that this version wrote, or another one; where the folder holds links
   */
  read(digest?: string): { readonly manifest: Manifest; readonly digest: string } {
    const file = join(this.path, manifestFile);
    if (!existsSync(file))
      throw new PlanFolderError(
        `${this.path} holds no plan that can be applied: mlops plan --out writes one, unless a stack fails to plan`,
      );
    this.refuseOtherThanFiles();
    const bytes = readFileSync(file);
    const found = sha256(bytes);
    if (digest !== undefined && found !== digest)
      throw new PlanFolderError(
        `${file} has the digest ${found}, and must have ${digest}: it is another plan`,
      );
    const { success, data, error } = manifestSchema.safeParse(parseJson(bytes, file));
    if (success) return { manifest: data, digest: found };
    throw new PlanFolderError(`${file} is not what mlops plan wrote:\n${z.prettifyError(error)}`);
  }

  /** An apply writes its journal here: a link would have it written over whatever it leads to. */
  private refuseOtherThanFiles(): void {
    const found = readdirSync(this.path, { recursive: true, withFileTypes: true });
    const others = found.filter((entry) => !entry.isFile() && !entry.isDirectory());
    if (others.length > 0)
      throw new PlanFolderError(
        `${this.path} holds what is neither file nor folder: ${others.map(({ name }) => name).join(", ")}`,
      );
  }

  writeSummary(stack: string, summary: unknown): void {
    writeJson(this.file(stack, "summary.json"), summary);
  }
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const writeJson = (file: string, value: unknown): void => {
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
};

function parseJson(bytes: Buffer, file: string): unknown {
  try {
    return JSON.parse(bytes.toString("utf8")) as unknown;
  } catch {
    throw new PlanFolderError(`${file} is no JSON`);
  }
}
