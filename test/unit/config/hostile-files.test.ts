import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { emails } from "../../../config/formats";
import { SourceFile } from "../../../config/source-file";
import { estateFolder } from "../../support/environments";
import { readEstate } from "../../support/estate";
import { temporaryFolder } from "../../support/temporary-folder";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

const problemOf = (make: (path: string) => void): string | undefined => {
  const path = join(folder, "dev.json");
  make(path);
  return SourceFile.read(path).problems[0]?.message;
};

test("a pipe, which would never end, is not read", () => {
  expect(problemOf((path) => execFileSync("mkfifo", [path]))).toBe(
    "must be a file, but is a pipe or a device",
  );
});

test("a device behind a link, which would never end, is not read", () => {
  const message = problemOf((path) => {
    symlinkSync("/dev/zero", path);
  });
  expect(message).toBe("must be a file, but is a pipe or a device");
});

test("a file of more than a mebibyte is not read, and one of exactly that is", () => {
  const json = (size: number) => (path: string) => {
    writeFileSync(path, `{"a":"${"x".repeat(size - 8)}"}`);
  };
  expect(problemOf(json(1024 * 1024))).toBeUndefined();
  expect(problemOf(json(1024 * 1024 + 1))).toBe("must be at most 1 MiB");
});

test("tens of thousands of mistakes are each told at their place", () => {
  cpSync(estateFolder, folder, { recursive: true });
  const file = join(folder, "dev.json");
  const keys = Array.from({ length: 20_000 }, (_, index) => `  "k${index}": ${index},`);
  writeFileSync(file, readFileSync(file, "utf8").replace("{", `{\n${keys.join("\n")}`));
  const problems = () => {
    try {
      readEstate(folder);
      return [];
    } catch (error) {
      return (error as { problems: { line: number; path: string }[] }).problems;
    }
  };
  const unknown = problems().filter(({ path }) => path.startsWith("k") && path !== "kind");
  expect(unknown).toHaveLength(20_000);
  expect(unknown.at(-1)).toMatchObject({ line: 20_001, path: "k19999" });
});

test("in a list of any length, an address that stands twice is told at its second place", () => {
  const addresses = [
    ...Array.from({ length: 20_000 }, (_, index) => `a${index}@example.com`),
    "A7@example.com",
  ];
  expect(emails.safeParse(addresses).error?.issues).toMatchObject([
    { path: [20_000], message: "must not stand twice" },
  ]);
});
