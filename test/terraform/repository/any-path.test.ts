import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { execa } from "execa";
import { repository } from "../../support/estate";
import { temporaryFolder } from "../../support/temporary-folder";

/** As Jenkins names the workspace of a second build, or of a branch. */
const odd = "ml ops (main) [2] it's @2";

test("tests are found wherever the repository lies", async () => {
  const checkout = join(temporaryFolder(), odd);
  const tests = ["test/unit/core/a.test.ts", "pipelines/risk/test/b.test.ts"].map((name) =>
    join(checkout, name),
  );
  for (const file of tests) {
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, "");
  }
  for (const name of readdirSync(join(repository, "test")))
    mkdirSync(join(checkout, "test", name), { recursive: true });
  for (const name of [
    "jest.config.js",
    "package.json",
    "tools/test",
    "test/support",
    "test/fixtures/models.ts",
  ])
    cpSync(join(repository, name), join(checkout, name), { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(checkout, "node_modules"));
  const jest = join(repository, "node_modules/jest/bin/jest.js");
  const list = ["--listTests", "--selectProjects", "unit", "models"];
  const { stdout } = await execa(process.execPath, [jest, ...list], { cwd: checkout, reject: false });
  expect(stdout.split("\n").filter(isAbsolute).toSorted()).toEqual(tests.toSorted());
});
