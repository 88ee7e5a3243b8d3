import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { create } from "tar";
import { temporaryFolder } from "../../../../support/temporary-folder";

export type Files = Readonly<Record<string, string | Buffer>>;

/** A seed as the templates' stack makes it. @param programs those of the files that are executable */
export async function archiveOf(files: Files, programs: readonly string[] = []): Promise<Buffer> {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    chmodSync(path, programs.includes(name) ? 0o755 : 0o644);
  }
  return packed(folder, Object.keys(files).toSorted());
}

export async function packed(folder: string, names: readonly string[]): Promise<Buffer> {
  const stream = create({ cwd: folder, gzip: true, portable: true, mtime: new Date(0) }, [...names]);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
