import { mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { repository } from "../../../../tools/paths";

type Cache = new (folder: string) => { get(key: string, make: () => string): string };
const file = join(repository, "tools/compile/cache.js");
const { CompileCache } = jest.requireActual<{ CompileCache: Cache }>(file);

let folder: string;
let made: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "compiled-"));
  made = 0;
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const get = (key = "key", directory = folder): string =>
  new CompileCache(directory).get(key, () => {
    made += 1;
    return `made of ${key}`;
  });

test("a text is made once for each key", () => {
  expect([get(), get(), get("other"), get()]).toEqual([
    "made of key",
    "made of key",
    "made of other",
    "made of key",
  ]);
  expect(made).toBe(2);
});

test.each([
  ["cut off", (entry: string) => entry.slice(0, -1)],
  ["changed", (entry: string) => entry.replace("made", "mode")],
  ["empty", () => ""],
])("an entry that is %s is made again and mended", (_, damage) => {
  get();
  const entry = join(folder, "key");
  const whole = readFileSync(entry, "utf8");
  writeFileSync(entry, damage(whole));
  expect(get()).toBe("made of key");
  expect(made).toBe(2);
  expect(readFileSync(entry, "utf8")).toBe(whole);
});

test("where nothing can be written, a text is made each time", () => {
  const file = join(folder, "no-folder");
  writeFileSync(file, "");
  expect([get("key", join(file, "below")), get("key", join(file, "below"))]).toEqual([
    "made of key",
    "made of key",
  ]);
  expect(made).toBe(2);
});

test("what was made more than a month ago goes when something is made", () => {
  const longAgo = new Date(Date.now() - 31 * 24 * 60 * 60 * 1000);
  get("old");
  get("new");
  utimesSync(join(folder, "old"), longAgo, longAgo);
  get("newer");
  expect(readdirSync(folder).toSorted()).toEqual(["new", "newer"]);
});

test("many processes may make the same texts at once", async () => {
  const text = "x".repeat(1_000_000);
  const script = `const { CompileCache } = require(${JSON.stringify(file)});
    const cache = new CompileCache(${JSON.stringify(folder)});
    for (let key = 0; key < 20; key++)
      if (cache.get(String(key), () => "x".repeat(1_000_000)).length !== 1_000_000) process.exit(1);`;
  await Promise.all(Array.from({ length: 4 }, () => execa(process.execPath, ["--eval", script])));
  expect(readdirSync(folder)).toHaveLength(20);
  expect(new CompileCache(folder).get("7", () => "made again")).toBe(text);
});
