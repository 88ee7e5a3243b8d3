import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../../support/estate";
import { mlops } from "../../support/mlops";

/** Few accounts: `test/unit/audit` has the whole table. */
const environments = join(repository, "test/fixtures/small-estate");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "access-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("mlops access --check says which lines differ from what was reviewed, and --out writes those that are", async () => {
  const [old, now] = [join(folder, "old.md"), join(folder, "now.md")];
  const [gone, known] = [
    "| `s3:::gone` |  | dev/x | s3:GetObject |",
    "| `*` |  | dev/sagemaker-execution-role-mammo-severity | ecr:GetAuthorizationToken |",
  ];
  writeFileSync(old, `## dev (111111111111)\n${gone}\n${known}\n`);
  const { exitCode, stdout } = await mlops(["access", "--check", old, "--out", now], { environments });
  expect(exitCode).toBe(3);
  const written = readFileSync(now, "utf8").split("\n");
  const rows = written.filter((line) => /^\| (?!Resource|---)/.test(line) && line !== known);
  expect(rows.length).toBeGreaterThan(100);
  const differing = stdout.split("\n").filter((line) => /^[-+] /.test(line));
  expect(differing.map((line) => line.replace(/^(.) \w+ \(\d{12}\): /, "$1"))).toEqual([
    `-${gone}`,
    ...rows.map((row) => `+${row}`),
  ]);
  expect(written).toContain(known);
  expect(stdout).toMatch(
    new RegExp(`^\\d+ questions asked of everybody: every rule holds; ${differing.length} lines differ`, "m"),
  );
});

test("a table that is not there is named before anything runs", async () => {
  const none = await mlops(["access", "--check", join(folder, "none.md")], { environments });
  expect(none.exitCode).toBe(1);
  expect(none.stderr).toContain(join(folder, "none.md"));
});
