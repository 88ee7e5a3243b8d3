import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { readFileSync, renameSync, rmSync } from "node:fs";
import { join, sep } from "node:path";
import { create } from "tar";
import { cache } from "../tools/paths";
import { seedFolders } from "./seed-folders";

/** Modification time of every file in an archive, so that the same files give the same bytes. */
const epoch = new Date("1980-01-01T00:00:00Z");

/** What running a seed's own tests leaves in its folder. */
const leftovers = /(?:^|\/)(?:__pycache__|\.pytest_cache|\.ruff_cache|\.venv|[^/]+\.egg-info)(?:\/|$)|\.pyc$/;

/** An archive on this machine. */
export interface SeedArchive {
  /** File's path; its name is the hash of its content. */
  readonly path: string;
  /** SHA-256, in hexadecimal. */
  readonly sha256: string;
}

/**
 * Packs what a repository is begun with: files of several folders, of which a later one's take the place of an earlier one's. Bytes
 * depend on names, contents and which files may be executed alone.
 * @param layers folders below `folders`; one may be missing, not all
 * @throws Error where there is no file, or a link, which leads elsewhere in a repository
 */
export function seedArchive(layers: readonly string[], folders: string = seedFolders): SeedArchive {
  const directory = join(cache, "seeds");
  mkdirSync(directory, { recursive: true });
  const stage = mkdtempSync(join(directory, "stage-"));
  try {
    const content = join(stage, "content");
    const files = overlaid(layers.map((layer) => join(folders, layer)).filter(existsSync), content);
    if (files.length === 0)
      throw new Error(`a seed must have files, but there are none in ${layers.join(", ")}`);
    const archive = join(stage, "seed.tar.gz");
    create(
      { cwd: content, file: archive, sync: true, portable: true, gzip: { level: 9 }, mtime: epoch },
      files,
    );
    const sha256 = createHash("sha256").update(readFileSync(archive)).digest("hex");
    const path = join(directory, `${sha256}.tar.gz`);
    renameSync(archive, path);
    return { path, sha256 };
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** Copies folders over one another. @returns the files, by paths within, in order */
function overlaid(layers: readonly string[], to: string): string[] {
  mkdirSync(to);
  for (const layer of layers)
    for (const file of filesIn(layer)) cpSync(join(layer, file), join(to, file), { recursive: true });
  const files = filesIn(to);
  for (const file of files) chmodSync(join(to, file), isExecutable(join(to, file)) ? 0o755 : 0o644);
  return files;
}

const isExecutable = (file: string): boolean => (lstatSync(file).mode & 0o100) !== 0;

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => ({ entry, path: join(entry.parentPath, entry.name).slice(folder.length + 1) }))
    .map(({ entry, path }) => ({ entry, path: path.split(sep).join("/") }))
    .filter(({ entry, path }) => !entry.isDirectory() && !leftovers.test(path))
    .map(({ entry, path }) => {
      if (!entry.isFile()) throw new Error(`a seed must hold files alone, but ${path} is none`);
      return path;
    })
    .toSorted();
}
