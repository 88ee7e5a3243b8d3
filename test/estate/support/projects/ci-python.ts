import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { sdkPython } from "../../../../tools/sagemaker-sdk/environment";
import { seedEnvironment } from "../../../support/seed-python";

/**
 * Variables of a machine that builds seeded repositories: Python makes its virtual environment of what this machine has already, at the
 * versions of `requirements.txt`, and downloads nothing. Everything else is as the CI files say it.
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
  };
}
