import { chmodSync, mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { list } from "tar";
import { seedArchive } from "../../../templates/seed-archive";
import { temporaryFolder } from "../../support/temporary-folder";

interface File {
  readonly text: string | Uint8Array;
  readonly mode?: number;
}

function folderOf(files: Readonly<Record<string, File>>): string {
  const folder = temporaryFolder();
  for (const [path, { text, mode = 0o644 }] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    chmodSync(join(folder, path), mode);
  }
  return folder;
}

/** What an archive holds, by path: mode, time, and content. */
function contentOf(archive: string) {
  const found: Record<string, { mode?: number; time?: number; content: Buffer }> = {};
  list({
    file: archive,
    sync: true,
    onReadEntry: (entry) => {
      const chunks: Buffer[] = [];
      entry.on("data", (chunk: Buffer) => chunks.push(chunk));
      entry.on("end", () => {
        found[entry.path] = {
          ...(entry.mode !== undefined && { mode: entry.mode }),
          ...(entry.mtime && { time: entry.mtime.getTime() }),
          content: Buffer.concat(chunks),
        };
      });
    },
  });
  return found;
}

test("binary files, executables, names with spaces and a hundred files arrive byte for byte", () => {
  const binary = Uint8Array.from({ length: 4096 }, (_, at) => at % 256);
  const many = Object.fromEntries(
    Array.from({ length: 100 }, (_, at) => [`base/many/${at}.txt`, { text: `file ${at}\n` }]),
  );
  const folder = folderOf({
    "base/rows.bin": { text: binary },
    "base/ci/build it.sh": { text: "#!/bin/sh\n", mode: 0o755 },
    "base/.gitignore": { text: "*.pyc\n" },
    ...many,
  });
  const found = contentOf(seedArchive(["base"], folder).path);
  expect(Object.keys(found)).toHaveLength(103);
  expect(found["rows.bin"]?.content.equals(Buffer.from(binary))).toBe(true);
  expect(found["ci/build it.sh"]).toMatchObject({ mode: 0o755 });
  expect(found[".gitignore"]).toMatchObject({ mode: 0o644 });
  expect(found["many/99.txt"]?.content.toString()).toBe("file 99\n");
});

test("the same files give the same bytes, whenever and under whichever mask they were written", () => {
  const files = { "one/a.py": { text: "a" }, "one/run.sh": { text: "b", mode: 0o755 } };
  const [first, second] = [folderOf(files), folderOf({ ...files, "one/a.py": { text: "a", mode: 0o600 } })];
  utimesSync(join(second, "one/a.py"), 1, 1);
  const archives = [first, second].map((folder) => seedArchive(["one"], folder));
  expect(new Set(archives.map(({ sha256 }) => sha256)).size).toBe(1);
  expect(readFileSync(archives[0]?.path ?? "").subarray(4, 8)).toEqual(Buffer.alloc(4));
});

test("a later folder's file takes the place of an earlier one's, and a folder may be missing", () => {
  const folder = folderOf({
    "shared/README.md": { text: "shared" },
    "shared/setup.py": { text: "setup" },
    "own/README.md": { text: "own" },
  });
  const found = contentOf(seedArchive(["shared", "missing", "own"], folder).path);
  expect(
    Object.fromEntries(Object.entries(found).map(([path, { content }]) => [path, content.toString()])),
  ).toEqual({ "README.md": "own", "setup.py": "setup" });
});

test("what running a seed's tests leaves is not in it", () => {
  const folder = folderOf({
    "one/ci/run.py": { text: "" },
    "one/ci/__pycache__/run.cpython-311.pyc": { text: "" },
    "one/.ruff_cache/0.17/x": { text: "" },
    "one/.pytest_cache/x": { text: "" },
  });
  expect(Object.keys(contentOf(seedArchive(["one"], folder).path))).toEqual(["ci/run.py"]);
});

test("a link is refused, and so is a seed of no files", () => {
  const folder = folderOf({ "one/a.py": { text: "a" } });
  symlinkSync("/etc/hosts", join(folder, "one/hosts"));
  expect(() => seedArchive(["one"], folder)).toThrow("a seed must hold files alone, but hosts is none");
  expect(() => seedArchive(["two", "three"], folder)).toThrow(
    "a seed must have files, but there are none in two, three",
  );
});
