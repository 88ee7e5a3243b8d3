import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { environmentsWith, problemsOf } from "../support/environments";
import { repository } from "../support/estate";
import { tools } from "../support/tools";

let output: string;

beforeEach(() => (output = mkdtempSync(join(tmpdir(), "cdktf-"))));
afterEach(() => {
  rmSync(output, { recursive: true, force: true });
});

const cdktf = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  execa(join(repository, "node_modules/.bin/cdktf"), [...args, "--output", output], {
    cwd: repository,
    env: { ...tools().terraform.environment, CI: "true", FORCE_COLOR: "0", ...environment },
    stdin: "ignore",
    all: true,
    reject: false,
  });

test("cdktf synth writes every stack, and its files depend on configuration and code alone", async () => {
  await cdktf(["synth"]);
  expect(readdirSync(join(output, "stacks")).toSorted()).toContain("prod-mammo-severity");
  const first = readFileSync(join(output, "stacks/prod-mammo-severity/cdk.tf.json"), "utf8");
  await cdktf(["synth"]);
  expect(readFileSync(join(output, "stacks/prod-mammo-severity/cdk.tf.json"), "utf8")).toBe(first);
  expect(first).not.toContain(repository);
});

test("cdktf list names the stacks", async () => {
  const { all } = await cdktf(["list"]);
  for (const stack of ["registry", "dev-foundation", "prod-mammo-severity"]) expect(all).toContain(stack);
});

test("bad configuration fails synth with the place and the rule, and no stack trace", async () => {
  const environments = environmentsWith("account-too-short");
  const { exitCode, all } = await cdktf(["synth"], { MLOPS_ENVIRONMENTS: environments });
  expect(exitCode).not.toBe(0);
  const [problem = ""] = problemsOf("account-too-short");
  expect(all).toContain(problem.split(" ").slice(1, 5).join(" "));
  expect(all).not.toMatch(/^\s+at .*\(.*\.ts/m);
});
