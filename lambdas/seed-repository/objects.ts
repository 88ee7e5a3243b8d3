import fs, { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import git from "isomorphic-git";
import type { Folder } from "./git-server";

/** Of a tree: what Git calls a file, a program, or anything else. */
export interface Entry {
  readonly oid: string;
  readonly mode: string;
}

/** Files by their paths, `/` between folders. */
export type Entries = ReadonlyMap<string, Entry>;

export interface Tip {
  readonly oid: string;
  readonly message: string;
  /** Address of who committed it. */
  readonly committer: string;
  readonly entries: Entries;
}

/** Who commits what the function seeds. */
const seeder = { name: "Project seed", email: "seed-repository@mlops.invalid" };

/** Objects of Git in a folder of their own on Lambda's disk. */
export class Objects {
  readonly folder: Folder = { fs, gitdir: mkdtempSync(join(tmpdir(), "seed-")) };

  /** @returns what `work` does, whose objects are gone then */
  static async within<T>(work: (objects: Objects) => Promise<T>): Promise<T> {
    const objects = new Objects();
    try {
      await git.init({ ...objects.folder, bare: true, defaultBranch: "seed" });
      return await work(objects);
    } finally {
      rmSync(objects.folder.gitdir, { recursive: true, force: true });
    }
  }

  async writeBlob(blob: Uint8Array): Promise<string> {
    return git.writeBlob({ ...this.folder, blob });
  }

  async read(oid: string): Promise<string> {
    const { blob } = await git.readBlob({ ...this.folder, oid });
    return Buffer.from(blob).toString();
  }

  async tip(oid: string): Promise<Tip> {
    const { commit } = await git.readCommit({ ...this.folder, oid });
    const entries = new Map(await this.entriesOf(commit.tree, ""));
    return { oid, message: commit.message, committer: commit.committer.email, entries };
  }

  private async entriesOf(tree: string, prefix: string): Promise<[string, Entry][]> {
    const { tree: entries } = await git.readTree({ ...this.folder, oid: tree });
    const nested = entries.map(async ({ path, type, oid, mode }) =>
      type === "tree" ? this.entriesOf(oid, `${prefix}${path}/`) : [own(`${prefix}${path}`, oid, mode)],
    );
    return (await Promise.all(nested)).flat();
  }

  /** @returns name of the local branch that has the commit */
  async commit(entries: Entries, message: string, parents: readonly string[]): Promise<string> {
    const tree = await this.writeTree(entries);
    const who = { ...seeder, timestamp: Math.floor(Date.now() / 1000), timezoneOffset: 0 };
    return git.commit({
      ...this.folder,
      message,
      tree,
      parent: [...parents],
      author: who,
      committer: who,
      ref: "refs/heads/seed",
    });
  }

  private async writeTree(entries: Entries): Promise<string> {
    const folders = new Map<string, Map<string, Entry>>();
    const files: [string, Entry][] = [];
    for (const [path, entry] of entries) {
      const [name = "", ...rest] = path.split("/");
      if (rest.length === 0) files.push([name, entry]);
      else folders.set(name, (folders.get(name) ?? new Map<string, Entry>()).set(rest.join("/"), entry));
    }
    const trees = await Promise.all(
      [...folders].map(async ([path, within]) => ({
        mode: "040000",
        path,
        oid: await this.writeTree(within),
        type: "tree" as const,
      })),
    );
    const blobs = files.map(([path, { mode, oid }]) => ({ mode, path, oid, type: "blob" as const }));
    return git.writeTree({ ...this.folder, tree: [...blobs, ...trees] });
  }
}

/** Whether the function made the commit, and nobody has changed it since. */
export const isOwn = ({ committer }: Tip): boolean => committer === seeder.email;

const own = (path: string, oid: string, mode: string): [string, Entry] => [path, { oid, mode }];
