import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { exitWith } from "../exit";
import { cache, compileHook, repository } from "../paths";
import { ensurePython } from "../python/environment";
import { complaintsOf, type CheckovReport } from "./findings";
import { copyForCheckov } from "./stacks";

/** `npm run checkov`: checks the synthesised stacks against checkov's rules for AWS. Exits with 1 where something is to be mended. */
exitWith(async () => {
  const folder = join(cache, "checkov");
  const python = await checkov(folder);
  const report = await check(python, await synthesised(folder));
  const complaints = complaintsOf(report);
  for (const complaint of complaints) console.error(complaint);
  const { passed, failed } = report.summary;
  console.log(
    `checkov: ${passed} checks passed, ${failed} are accepted or to be mended, ${complaints.length} to be mended`,
  );
  return complaints.length > 0 ? 1 : 0;
});

/** In an environment of its own: it brings a hundred packages. */
async function checkov(folder: string): Promise<string> {
  const { python } = await ensurePython((line) => process.stderr.write(`${line} of checkov\n`), {
    requirements: join(__dirname, "requirements.txt"),
    uvRequirements: join(__dirname, "../python/uv.txt"),
    cache: join(folder, "python"),
  });
  return python;
}

/** @returns the folder of the stacks. @throws Error in the program's own words */
async function synthesised(folder: string): Promise<string> {
  const [output, copies] = [join(folder, "cdktf.out"), join(folder, "stacks")];
  for (const each of [output, copies]) {
    rmSync(each, { recursive: true, force: true });
    mkdirSync(each, { recursive: true });
  }
  const { exitCode, stderr } = await execa(process.execPath, ["--require", compileHook, "main.ts"], {
    cwd: repository,
    env: { CDKTF_OUTDIR: output },
    reject: false,
  });
  if (exitCode !== 0) throw new Error(stderr.trim());
  copyForCheckov(join(output, "stacks"), copies);
  return copies;
}

async function check(python: string, stacks: string): Promise<CheckovReport> {
  const { stdout, stderr } = await execa(
    python,
    [
      "-m",
      "checkov.main",
      "--directory",
      stacks,
      "--framework",
      "terraform_json",
      "--skip-download",
      "--output",
      "json",
    ],
    { reject: false },
  );
  try {
    return JSON.parse(stdout) as CheckovReport;
  } catch {
    throw new Error(`checkov did not answer: ${stderr.slice(-2000)}`);
  }
}
