import { createHash } from "node:crypto";
import { Parser, type ReadEntry } from "tar";
import type { Entries, Entry, Objects } from "./objects";

/** What a repository is filled with. */
export interface Seed {
  /** SHA-256 of all that it is made of. */
  readonly id: string;
  readonly files: readonly SeedFile[];
}

interface SeedFile {
  readonly path: string;
  readonly executable: boolean;
  readonly content: Buffer;
}

/** File in which a repository finds the values of its project. */
export const projectFile = "project.json";

/**
 * Files of an archive, byte for byte, and the project's values.
 * @param archive `.tar.gz` of files and folders alone
 * @param name what messages call it
 * @throws Error that names the first entry that is anything else, or leads out of the repository
 */
export async function readSeed(
  archive: Uint8Array,
  project: Readonly<Record<string, string>>,
  name: string,
): Promise<Seed> {
  const values = Buffer.from(`${JSON.stringify(project, Object.keys(project).toSorted(), 2)}\n`);
  const id = createHash("sha256").update(archive).update("\0").update(values).digest("hex");
  const files = (await unpacked(archive, name)).filter(({ path }) => path !== projectFile);
  if (files.length === 0) throw new Error(`${name} must have files`);
  return { id, files: [...files, { path: projectFile, executable: false, content: values }] };
}

/** Writes the files as Git's objects. */
export async function entriesOf(seed: Seed, objects: Objects): Promise<Entries> {
  const entries = new Map<string, Entry>();
  for (const { path, executable, content } of seed.files)
    entries.set(path, {
      oid: await objects.writeBlob(content),
      mode: executable ? "100755" : "100644",
    });
  return entries;
}

async function unpacked(archive: Uint8Array, name: string): Promise<SeedFile[]> {
  const files: Promise<SeedFile>[] = [];
  const refused: string[] = [];
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      const path = entry.path.replace(/^\.\//, "");
      if (entry.type === "Directory") {
        entry.resume();
        return;
      }
      if (entry.type !== "File" || !isWithin(path)) refused.push(`${entry.type} ${entry.path}`);
      files.push(fileOf(entry, path));
    },
  });
  await new Promise<void>((resolve, reject) => {
    parser.on("end", resolve).on("error", (error: unknown) => {
      reject(new Error(`${name} must be a .tar.gz, got: ${(error as Error).message}`));
    });
    parser.end(Buffer.from(archive));
  });
  if (refused.length > 0) throw new Error(`${name} must have files only, got: ${refused.join(", ")}`);
  return Promise.all(files);
}

async function fileOf(entry: ReadEntry, path: string): Promise<SeedFile> {
  const content = await entry.concat();
  return { path, executable: ((entry.mode ?? 0) & 0o100) !== 0, content };
}

/** Whether a path stays in the repository, and out of Git's own folder. */
const isWithin = (path: string): boolean =>
  path.split("/").every((part) => !["", ".", ".."].includes(part) && part.toLowerCase() !== ".git");
