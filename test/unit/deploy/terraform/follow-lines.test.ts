import { once } from "node:events";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { followLines } from "../../../../deploy/terraform/follow-lines";
import { until } from "../../../support/until";
import { temporaryFolder } from "../../../support/temporary-folder";

let folder: string;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, "journal");
  writeFileSync(file, "");
});

/** Writes pieces one after another, each once what was written before has been read. */
async function linesOf(pieces: readonly (string | Buffer)[]): Promise<string[]> {
  const lines: string[] = [];
  const end = new AbortController();
  const following = followLines(file, once(end.signal, "abort"), (line) => lines.push(line));
  for (const piece of pieces) {
    appendFileSync(file, piece);
    await sleep(110);
  }
  end.abort();
  await following;
  return lines;
}

test("a line is told as soon as it is whole, while the writer goes on", async () => {
  const lines: string[] = [];
  const end = new AbortController();
  const following = followLines(file, once(end.signal, "abort"), (line) => lines.push(line));
  appendFileSync(file, "first\nsec");
  await until("the first line is read", () => (lines.length > 0 ? true : undefined));
  expect(lines).toEqual(["first"]);
  appendFileSync(file, "ond\n");
  await until("the second line is read", () => (lines.length > 1 ? true : undefined));
  end.abort();
  await following;
  expect(lines).toEqual(["first", "second"]);
});

test("a character cut in two by the writer is whole again", async () => {
  const bytes = Buffer.from("a → b 🚀\nc");
  expect(await linesOf([bytes.subarray(0, 3), bytes.subarray(3, 10), bytes.subarray(10)])).toEqual([
    "a → b 🚀",
    "c",
  ]);
});

test("whatever is written just before the writer ends is read, even without a line feed", async () => {
  const lines: string[] = [];
  const end = new AbortController();
  const following = followLines(file, once(end.signal, "abort"), (line) => lines.push(line));
  await sleep(20);
  appendFileSync(file, "late\nlast");
  end.abort();
  await following;
  expect(lines).toEqual(["late", "last"]);
});

test("a writer that fails ends it like any other", async () => {
  const lines: string[] = [];
  appendFileSync(file, "one\n");
  await followLines(file, Promise.reject(new Error("killed")), (line) => lines.push(line));
  expect(lines).toEqual(["one"]);
});

test("a listener that fails makes it fail", async () => {
  appendFileSync(file, "one\n");
  const failing = (): never => {
    throw new Error("no");
  };
  await expect(followLines(file, Promise.resolve(), failing)).rejects.toThrow("no");
});

test("any text, longer than what is read at once too, comes as its lines", async () => {
  const text = fc.string({ unit: "grapheme", maxLength: 50 });
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 20 }), fc.nat(70_000), async (parts, padding) => {
      const whole = `${"é".repeat(padding)}${parts.join("\n")}`;
      writeFileSync(file, whole);
      const lines: string[] = [];
      await followLines(file, Promise.resolve(), (line) => lines.push(line));
      const expected = whole.split("\n");
      expect(lines).toEqual(expected.at(-1) === "" ? expected.slice(0, -1) : expected);
    }),
    { numRuns: 30 },
  );
});
