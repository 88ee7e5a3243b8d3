import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashFile, hashSynthesised } from "../../../../deploy/synthesis/hashes";
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
  expect(hashSynthesised(other)).toBe(hashSynthesised(folder));
});

test("a folder that is not there has none", () => {
  expect(hashSynthesised(join(folder, "none"))).toBeUndefined();
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
  const before = hashSynthesised(folder);
  change();
  expect(hashSynthesised(folder)).not.toBe(before);
});

test("what Terraform leaves there does not count, what is slipped in does", () => {
  const before = hashSynthesised(folder);
  mkdirSync(join(folder, ".terraform/providers"), { recursive: true });
  for (const left of [".terraform/providers/aws", ".terraform.lock.hcl", "checked.tfplan", "errored.tfstate"])
    writeFileSync(join(folder, left), "");
  expect(hashSynthesised(folder)).toBe(before);
  writeFileSync(join(folder, "sneaked_override.tf.json"), "{}");
  expect(hashSynthesised(folder)).not.toBe(before);
});
