import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashFile, hashFolder } from "../../../../deploy/synthesis/hashes";
import { temporaryFolder } from "../../../support/temporary-folder";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  write(folder, { "cdk.tf.json": "{}", "assets/code.py": "print()" });
});

function write(into: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(join(into, "assets"), { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(into, name), content);
}

test("a file's SHA-256; undefined where there is none", () => {
  expect(hashFile(join(folder, "cdk.tf.json"))).toBe(
    "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
  );
  expect(hashFile(join(folder, "none"))).toBeUndefined();
});

test("folders of the same files have the same hash, wherever they are and however they came about", () => {
  const other = temporaryFolder();
  write(other, { "assets/code.py": "print()", "cdk.tf.json": "{}" });
  expect(hashFolder(other)).toBe(hashFolder(folder));
});

test("a folder that is not there has none", () => {
  expect(hashFolder(join(folder, "none"))).toBeUndefined();
});

test.each<[string, () => void]>([
  [
    "content",
    () => {
      write(folder, { "assets/code.py": "print(1)" });
    },
  ],
  [
    "name",
    () => {
      renameSync(join(folder, "assets/code.py"), join(folder, "assets/main.py"));
    },
  ],
  [
    "folder",
    () => {
      renameSync(join(folder, "assets/code.py"), join(folder, "code.py"));
    },
  ],
  [
    "number",
    () => {
      write(folder, { "more.tf.json": "{}" });
    },
  ],
])("a file's %s is part of it", (_, change) => {
  const before = hashFolder(folder);
  change();
  expect(hashFolder(folder)).not.toBe(before);
});
