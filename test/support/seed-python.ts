import { execFileSync } from "node:child_process";
import { execa } from "execa";
import { sdkPython } from "../../tools/sagemaker-sdk/environment";
import { ensurePython } from "../../tools/python/environment";

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

/** Runs Python as a seeded repository's virtual environment has it. */
export async function runPython(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
) {
  const { exitCode, all } = await execa(sdkPython("2"), args, {
    cwd: folder,
    env: { ...(await seedEnvironment()), ...environment },
    stdin: "ignore",
    all: true,
    reject: false,
  });
  return { exitCode, output: all };
}
