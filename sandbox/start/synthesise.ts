import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";

const root = join(__dirname, "../..");

/**
 * Synthesises every stack with the very program `cdktf synth` runs, into a folder of its own.
 * @returns the folder each stack's files are in, by stack id
 */
export async function synthesise(
  outputDirectory: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<(stack: string) => string> {
  rmSync(outputDirectory, { recursive: true, force: true });
  mkdirSync(outputDirectory, { recursive: true });
  await execa(process.execPath, ["--require", "ts-node/register", "main.ts"], {
    cwd: root,
    env: { ...environment, CDKTF_OUTDIR: outputDirectory },
    stdin: "ignore",
  });
  return (stack) => join(outputDirectory, "stacks", stack);
}
