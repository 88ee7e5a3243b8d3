import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { execa } from "execa";
import { environmentsWith } from "../../support/environments";
import { repository } from "../../support/estate";

/** The program as a user starts it, in an environment without any AWS settings. */
const mlops = (args: readonly string[], cwd = tmpdir(), program = join(repository, "cli/mlops.js")) =>
  execa(process.execPath, [program, ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: "/nonexistent", AWS_EC2_METADATA_DISABLED: "true" },
    extendEnv: false,
    reject: false,
  });

test("it runs from any folder", async () => {
  const { exitCode, stdout, stderr } = await mlops(["--version"]);
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: "0.1.0", stderr: "" });
});

test("it says what a caller without credentials lacks, in one line", async () => {
  const { exitCode, stdout, stderr } = await mlops(["pipelines", "list", "dev"]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toMatch(/^No AWS credentials to reach environment dev .*$/);
});

test("relative paths start where the user is", async () => {
  const environments = environmentsWith("key-misspelled");
  const { exitCode, stderr } = await mlops(
    ["pipelines", "list", "dev", "--environments", basename(environments)],
    dirname(environments),
  );
  expect(exitCode).toBe(2);
  expect(stderr).toContain('dev.json:5:3 alertEmail is not a known key (did you mean "alertEmails"?)');
});

test("without the npm packages it says how to get them", async () => {
  const clone = mkdtempSync(join(tmpdir(), "clone-"));
  try {
    cpSync(join(repository, "cli/mlops.js"), join(clone, "cli/mlops.js"));
    const { exitCode, stderr } = await mlops(["--version"], clone, join(clone, "cli/mlops.js"));
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: `The npm packages are not installed: run npm run setup in ${clone}`,
    });
  } finally {
    rmSync(clone, { recursive: true });
  }
});

test("it ends quietly when nobody reads on", async () => {
  const { stdout, stderr } = await execa(
    "sh",
    ["-c", `"$0" "$1" pipelines start --help | true`, process.execPath, join(repository, "cli/mlops.js")],
    { reject: false },
  );
  expect({ stdout, stderr }).toEqual({ stdout: "", stderr: "" });
});
