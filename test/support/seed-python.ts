import { execa } from "execa";
import { seedEnvironment } from "../../emulator/ci-machine";
import { sdkPython } from "../../tools/sagemaker-sdk/environment";

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
