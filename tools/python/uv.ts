import { existsSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { ToolchainError } from "../toolchain";
import { installOnce } from "../toolchain/install-once";

export interface UvInstallation {
  /** The Python to run pip with. */
  readonly python: string;
  /** pip requirements of uv alone, with hashes. */
  readonly requirements: string;
  /** Folder that gets uv and the pip that fetched it. */
  readonly folder: string;
}

/** An installed uv and the interpreter whose pip fetched it. */
export interface Uv {
  readonly uv: string;
  readonly python: string;
}

/**
 * Installs uv from the Python package index by pip.
 * @throws ToolchainError when Python lacks its venv module, or pip fails
 */
export async function installUv({ python, requirements, folder }: UvInstallation): Promise<Uv> {
  await installOnce(folder, async (temporary) => {
    await makeVirtualEnvironment(python, temporary);
    await pipInstall(join(temporary, "bin/python"), requirements);
    if (!existsSync(join(temporary, "bin/uv"))) throw new ToolchainError(...installedElsewhere);
  });
  return { uv: join(folder, "bin/uv"), python: join(folder, "bin/python") };
}

async function makeVirtualEnvironment(python: string, folder: string): Promise<void> {
  const { exitCode, all } = await execa(python, ["-m", "venv", folder], {
    stdin: "ignore",
    all: true,
    reject: false,
  });
  if (exitCode === 0) return;
  throw new ToolchainError(
    `${python} cannot make a virtual environment`,
    [lastLines(all)],
    "install its venv module (Debian, Ubuntu: apt-get install python3-venv), then run the same command again",
  );
}

/** Settings that would have pip install elsewhere than in the environment that it belongs to. */
const elsewhere = ["PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON", "PIP_DRY_RUN"];

async function pipInstall(python: string, requirements: string): Promise<void> {
  const quiet = ["--quiet", "--disable-pip-version-check"];
  const flags = [...quiet, "--no-user", "--require-hashes", "--only-binary=:all:"];
  const env = Object.fromEntries(elsewhere.map((name) => [name, undefined]));
  const options = { env, stdin: "ignore", all: true, reject: false } as const;
  const { exitCode, all } = await execa(
    python,
    ["-m", "pip", "install", ...flags, "-r", requirements],
    options,
  );
  if (exitCode === 0) return;
  throw new ToolchainError(
    "uv could not be installed from the Python package index",
    [lastLines(all)],
    networkRemedy,
  );
}

const installedElsewhere = [
  "pip installed uv somewhere else than in the environment that it belongs to",
  [],
  "look for target, prefix or root in what pip config list says, take it out (pip config unset install.target), then run " +
    "the same command again",
] as const;

export const networkRemedy =
  "check the network, or point pip at a reachable package index (pip config set global.index-url URL), then run the " +
  "same command again";

/** The end of a tool's output, where it says what went wrong. */
export function lastLines(output: string): string {
  return output.trim().split("\n").slice(-5).join("\n    ");
}
