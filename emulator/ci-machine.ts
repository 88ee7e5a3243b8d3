import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ensurePython } from "../tools/python/environment";
import { sdkPython } from "../tools/sagemaker-sdk/environment";
import { threadsThatSleep } from "../tools/threads";

/**
 * Variables with which Python of SDK 2's environment also has what the project's own environment has (scikit-learn,
 * XGBoost, pytest): together that is what a seed's requirements.txt names.
 */
export async function seedEnvironment(): Promise<Record<string, string>> {
  const { python } = await ensurePython((line) => process.stderr.write(`${line}\n`));
  const line = "import sysconfig; print(sysconfig.get_path('purelib'))";
  const packages = execFileSync(python, ["-c", line], { encoding: "utf8" }).trim();
  return { PYTHONPATH: packages };
}

/**
 * Variables of a machine that builds seeded repositories: Python makes its virtual environment of what this machine has already, at the
 * versions of `requirements.txt`, and downloads nothing. Everything else is as the CI files say it. SDK 2's environment must be there.
 * @param folder gets the machine's programs, and is its home
 */
export async function ciMachine(folder: string): Promise<Record<string, string>> {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const { PYTHONPATH = "" } = await seedEnvironment();
  const program = join(bin, "python3");
  writeFileSync(
    program,
    `#!/bin/sh
case "$*" in
  "-m venv .venv") mkdir -p .venv/bin && cp '${program}' .venv/bin/python; exit ;;
  "-m pip install "*) exit ;;
esac
PYTHONPATH='${PYTHONPATH}' exec '${sdkPython("2")}' "$@"
`,
  );
  chmodSync(program, 0o755);
  return {
    PATH: [bin, process.env.PATH ?? ""].join(delimiter),
    HOME: folder,
    AWS_ENDPOINT_URL: process.env.AWS_ENDPOINT_URL ?? "",
    AWS_EC2_METADATA_DISABLED: "true",
    PYTHONDONTWRITEBYTECODE: "1",
    ...threadsThatSleep,
  };
}
