import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { execa } from "execa";
import { exitWith } from "../exit";
import { compileHook, repository } from "../paths";
import { ensurePython } from "../python/environment";
import { sdkEnvironment } from "../sagemaker-sdk/environment";

const parity = join(repository, "test/parity");
const golden = join(parity, "golden");
const scripts = ["render_with_sdk.py", "render_other_steps.py"];
/** What the product renders itself, with the same SDK. */
const sample = "render-sample.ts";

/**
 * `npm run parity`: renders the pipelines with AWS's own SDK, in an environment of its own, and fails when the golden
 * files are not what it gives. With `-- --update` it writes them. Then it runs the tests of pipelines in Python (test/sdk).
 */
exitWith(async () => {
  const { values } = parseArgs({ options: { update: { type: "boolean", default: false } } });
  const report = (line: string) => process.stderr.write(`${line}\n`);
  const { python } = await ensurePython(report, sdkEnvironment("2"));
  if (values.update) {
    await render(python, golden);
    return 0;
  }
  const stale = await staleFiles(python);
  stale.forEach((name) => {
    console.error(
      `test/parity/golden/${name} is not what ${[...scripts, sample].join(", ")} give; run npm run parity -- --update`,
    );
  });
  if (stale.length > 0) return 1;
  console.log("The golden files are what AWS's SDK renders");
  await ensurePython(report, sdkEnvironment("3"));
  return runTests();
});

/** Those of pipelines in Python, which need the same environment. @returns the exit code */
async function runTests(): Promise<number> {
  const program = join(repository, "node_modules/jest/bin/jest.js");
  const { exitCode } = await execa(
    process.execPath,
    [program, "--selectProjects", "sdk", "--maxWorkers=50%"],
    {
      cwd: repository,
      stdin: "ignore",
      stdout: "inherit",
      stderr: "inherit",
      reject: false,
    },
  );
  return exitCode ?? 1;
}

async function render(python: string, directory: string): Promise<void> {
  for (const script of scripts) await execa(python, [join(parity, script), directory], { stdin: "ignore" });
  await execa(process.execPath, ["--require", compileHook, join(parity, sample), directory], {
    stdin: "ignore",
  });
}

async function staleFiles(python: string): Promise<string[]> {
  const directory = mkdtempSync(join(tmpdir(), "parity-"));
  try {
    await render(python, directory);
    const same = (name: string) =>
      existsSync(join(golden, name)) &&
      readFileSync(join(directory, name)).equals(readFileSync(join(golden, name)));
    return readdirSync(directory).filter((name) => !same(name));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
