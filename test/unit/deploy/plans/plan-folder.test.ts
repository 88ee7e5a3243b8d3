import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PlanFolder, PlanFolderError } from "../../../../deploy/plans/plan-folder";
import { temporaryFolder } from "../../../support/temporary-folder";
import { manifest } from "./support/manifest";

let parent: string;
let folder: PlanFolder;
beforeEach(() => {
  parent = temporaryFolder();
  folder = new PlanFolder(join(parent, "a/plan"));
});

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

test("is made for its owner alone, whatever the file mode mask", () => {
  const mask = process.umask(0);
  try {
    folder.prepare(["prod-model"]);
  } finally {
    process.umask(mask);
  }
  expect(modeOf(folder.path)).toBe("700");
  expect(modeOf(join(folder.path, "prod-model"))).toBe("700");
});

test("is made anew over an earlier plan, open or not, of which nothing is left", () => {
  folder.prepare(["old-model", "prod-model"]);
  folder.writeManifest(manifest);
  folder.writeMarkdown("# Plan");
  for (const name of ["plan.tfplan", "apply.jsonl", "errored.tfstate"] as const)
    writeFileSync(folder.file("old-model", name), "x");
  folder.writeSummary("old-model", {});
  writeFileSync(join(folder.path, "old-model/applied.json"), "{}"); // an earlier version's
  folder.prepare(["prod-model"]);
  expect(readdirSync(folder.path)).toEqual(["prod-model"]);
  expect(readdirSync(join(folder.path, "prod-model"))).toEqual([]);
});

test("that others can read is no longer open once a plan is in it", () => {
  mkdirSync(folder.path, { recursive: true, mode: 0o755 });
  folder.prepare([]);
  expect(modeOf(folder.path)).toBe("700");
});

test.each<[string, (path: string) => void]>([
  [
    "a file",
    (path) => {
      writeFileSync(join(path, "notes.txt"), "");
    },
  ],
  [
    "a folder with other files",
    (path) => {
      mkdirSync(join(path, "src"));
      writeFileSync(join(path, "src/main.ts"), "");
    },
  ],
  [
    "a folder with a folder",
    (path) => {
      mkdirSync(join(path, "src/lib"), { recursive: true });
    },
  ],
  [
    "a link to nowhere",
    (path) => {
      symlinkSync("nowhere", join(path, "notes"));
    },
  ],
  [
    "a plan and a file",
    (path) => {
      writeFileSync(join(path, "manifest.json"), "{}");
      writeFileSync(join(path, ".env"), "");
    },
  ],
])("is refused, and left as it is, where %s is in it", (_, put) => {
  mkdirSync(folder.path, { recursive: true });
  put(folder.path);
  const before = readdirSync(folder.path, { recursive: true });
  expect(() => {
    folder.prepare([]);
  }).toThrow(PlanFolderError);
  expect(() => {
    folder.prepare([]);
  }).toThrow("holds more than a plan (");
  expect(readdirSync(folder.path, { recursive: true })).toEqual(before);
});

test("is refused where a file has its name", () => {
  mkdirSync(join(parent, "a"));
  writeFileSync(folder.path, "mine");
  expect(() => {
    folder.prepare([]);
  }).toThrow("is no folder");
  expect(existsSync(folder.path)).toBe(true);
});

test("gives back the manifest that was written", () => {
  folder.prepare([]);
  folder.writeManifest(manifest);
  expect(folder.readManifest()).toEqual(manifest);
});

test("without a manifest holds nothing to apply, and says what writes one", () => {
  expect(() => folder.readManifest()).toThrow(PlanFolderError);
  expect(() => folder.readManifest()).toThrow("mlops plan --out writes one, unless a stack fails to plan");
});

test.each<[string, unknown, string]>([
  ["of another version", { ...manifest, version: 2 }, "version"],
  ["with a field of no meaning", { ...manifest, force: true }, "force"],
  ["without a field", { ...manifest, approval: undefined }, "approval"],
  ["with a hash that is none", { ...manifest, packageLockHash: "abc" }, "packageLockHash"],
  ["with a stack that is none", { ...manifest, stacks: [{ id: "prod-model" }] }, "stacks[0].planHash"],
])("a manifest %s is refused with what is wrong", (_, written, problem) => {
  folder.prepare([]);
  writeFileSync(join(folder.path, "manifest.json"), JSON.stringify(written));
  expect(() => folder.readManifest()).toThrow(PlanFolderError);
  expect(() => folder.readManifest()).toThrow(problem);
});

test("a manifest that is no JSON is refused by name", () => {
  folder.prepare(["prod-model"]);
  writeFileSync(join(folder.path, "manifest.json"), "{");
  expect(() => folder.readManifest()).toThrow(/manifest\.json is no JSON$/);
});
