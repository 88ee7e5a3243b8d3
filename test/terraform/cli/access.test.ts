import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../../support/estate";
import { estateWithRoles } from "../../support/environments";
import { mlops } from "../../support/mlops";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "access-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("mlops access --check says which lines differ from what was reviewed, and --out writes those that are", async () => {
  const [old, now] = [join(folder, "old.md"), join(folder, "now.md")];
  const reviewed = readFileSync(join(repository, "docs/access-matrix.md"), "utf8");
  const line = reviewed.split("\n").find((one) => one.includes("iam:PassRole")) ?? "";
  const gone = "| `s3:::gone` |  | dev/x | s3:GetObject |";
  writeFileSync(old, reviewed.replace(`${line}\n`, `${gone}\n`));
  const { exitCode, stdout } = await mlops(["access", "--check", old, "--out", now], {
    environments: estateWithRoles,
  });
  expect(exitCode).toBe(3);
  expect(stdout.split("\n").filter((one) => /^[-+] /.test(one))).toEqual([
    `- dev (111111111111): ${gone}`,
    `+ dev (111111111111): ${line}`,
  ]);
  expect(stdout).toMatch(/^\d+ questions asked of everybody: every rule holds; 2 lines differ/m);
  expect(readFileSync(now, "utf8")).toBe(reviewed);
});

test("a table that is not there is named before anything runs", async () => {
  const none = await mlops(["access", "--check", join(folder, "none.md")], { environments: estateWithRoles });
  expect(none.exitCode).toBe(1);
  expect(none.stderr).toContain(join(folder, "none.md"));
});
