import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { execa } from "execa";
import { exitWith } from "../exit";
import { cache, repository } from "../paths";
import { ensurePython } from "../python/environment";

const parity = join(repository, "test/parity");
const golden = join(parity, "golden");
const scripts = ["render_with_sdk.py", "render_other_steps.py"];

/**
 * `npm run parity`: renders the pipelines with AWS's own SDK, in an environment of its own, and fails when the golden
 * files are not what it gives. With `-- --update` it writes them.
 */
exitWith(async () => {
  const { values } = parseArgs({ options: { update: { type: "boolean", default: false } } });
  const { python } = await ensurePython((line) => process.stderr.write(`${line}\n`), {
    requirements: join(parity, "requirements.txt"),
    uvRequirements: join(repository, "tools/python/uv.txt"),
    cache: join(cache, "parity"),
  });
  if (values.update) {
    await render(python, golden);
    return 0;
  }
  const stale = await staleFiles(python);
  stale.forEach((name) => {
    console.error(
      `test/parity/golden/${name} is not what ${scripts.join(" and ")} give; run npm run parity -- --update`,
    );
  });
  if (stale.length === 0) console.log("The golden files are what AWS's SDK renders");
  return stale.length === 0 ? 0 : 1;
});

async function render(python: string, directory: string): Promise<void> {
  for (const script of scripts) await execa(python, [join(parity, script), directory], { stdin: "ignore" });
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
