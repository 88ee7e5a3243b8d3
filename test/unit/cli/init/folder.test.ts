import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changesTo, makeChanges } from "../../../../cli/init/folder";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "init-folder-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("where one file cannot be written, the folder is as it was", () => {
  writeFileSync(join(folder, "a.json"), "before");
  mkdirSync(join(folder, "c.json.unfinished")); // where c.json would be written first
  const files = new Map([
    ["a.json", "after"],
    ["b.json", "after"],
    ["c.json", "after"],
  ]);
  expect(() => {
    makeChanges(folder, files, changesTo(folder, files));
  }).toThrow("c.json.unfinished");
  expect(readdirSync(folder)).toEqual(["a.json", "c.json.unfinished"]);
  expect(readFileSync(join(folder, "a.json"), "utf8")).toBe("before");
});
