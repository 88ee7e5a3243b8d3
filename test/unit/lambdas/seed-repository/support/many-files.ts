import { randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Files } from "./archive";
import { clone, filesOf } from "./seeding";

const hundred = Array.from({ length: 100 }, (_, at) => `many/${at % 7}/file-${at}.bin`);

/** A hundred files, and such as are easily spoilt: binary ones, names with spaces, line ends, what `.gitignore` names. */
export const manyFiles: Files = {
  ...Object.fromEntries(hundred.map((path, at) => [path, randomBytes(50 + at)] as const)),
  "data/all bytes é.bin": Buffer.from(Uint8Array.from({ length: 256 }, (_, byte) => byte)),
  "lines.txt": "a\r\nb\r\n",
  "bin/run tests": "#!/bin/sh\n",
  empty: "",
  [`${"deep/".repeat(30)}file`]: "deep",
  "ignored.log": "named by .gitignore",
  ".gitignore": "*.log\n",
};

/** Those of them that are executable. */
export const programs = ["bin/run tests"];

/** That a repository has them byte for byte, the project's values, and nothing else. */
export function expectManyFiles(bare: string): void {
  const folder = clone(bare);
  for (const [path, content] of Object.entries(manyFiles)) {
    expect(readFileSync(join(folder, path)).equals(Buffer.from(content))).toBe(true);
    expect(statSync(join(folder, path)).mode & 0o111).toBe(programs.includes(path) ? 0o111 : 0);
  }
  expect(filesOf(bare)).toHaveLength(Object.keys(manyFiles).length + 1);
}
