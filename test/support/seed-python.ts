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

/** As `python -m MODULE ARGUMENTS` for each command in turn, in one process: loading the SDK takes seconds. */
const commands = `
import json, runpy, sys
sys.path.insert(0, "")
for module, *arguments in json.loads(sys.argv[1]):
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
`;

/** Runs commands of a seeded repository (`ci.deploy staging`), up to the first that fails, as its CI does. */
export const runCommands = (
  folder: string,
  lines: readonly string[],
  environment: Readonly<Record<string, string>>,
) => runPython(folder, ["-c", commands, JSON.stringify(lines.map((line) => line.split(" ")))], environment);
