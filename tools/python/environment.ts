import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { ToolchainError } from "../toolchain";
import { installOnce } from "../toolchain/install-once";
import { cache } from "../paths";
import { findPython } from "./find-python";
import { packageIndex } from "./package-index";
import { installUv, lastLines, networkRemedy, type Uv } from "./uv";

/** Where the environment is made of what. */
export interface PythonSettings {
  /** Locked requirements, with hashes. */
  readonly requirements: string;
  /** pip requirements of uv alone. */
  readonly uvRequirements: string;
  /** Folder that keeps environments, each named after its requirements. */
  readonly cache: string;
  /** Folders to look for Python in, as in `PATH`. @default this process's PATH */
  readonly path?: string;
}

const settings: PythonSettings = {
  requirements: join(__dirname, "requirements.txt"),
  uvRequirements: join(__dirname, "uv.txt"),
  cache: join(cache, "python"),
};

/**
 * What the environment's Python does first: it keeps the bytecode of what it imports, in the environment, also where
 * PYTHONDONTWRITEBYTECODE is set, as in many container images. pandas and xgboost load in a third of the time.
 * https://docs.python.org/3/library/site.html executes a line of a .pth file that begins with `import`
 */
const startUp = `import sys; sys.dont_write_bytecode = False; sys.pycache_prefix = sys.prefix + "/bytecode"\n`;

/**
 * Brings the virtual environment of the locked requirements. Its folder is named after their hash and appears whole, so
 * one that is there is right, and a changed lock file makes another.
 * @param report gets a line when something slow begins
 * @returns the path of its interpreter
 * @throws ToolchainError with the remedy when there is no Python or no package index
 */
export async function ensurePython(
  report: (line: string) => void,
  { requirements, uvRequirements, cache: folder, path }: PythonSettings = settings,
): Promise<{ python: string }> {
  forgetCallersPython();
  const environment = environmentOf({ requirements, cache: folder });
  const python = join(environment, "bin/python");
  if (await works(python)) return { python };
  rmSync(environment, { recursive: true, force: true });
  const base = await findPython(path);
  report("Making the Python environment");
  const uv = await ensureUv(base, uvRequirements, join(folder, `uv-${hashOf(uvRequirements)}`));
  await installOnce(environment, (temporary) => install(uv, base, requirements, temporary));
  removeOthers(folder, environment);
  return { python };
}

/** The folder of an environment, whether it has been made or not. */
export const environmentOf = ({
  requirements,
  cache: folder,
}: Pick<PythonSettings, "requirements" | "cache">) =>
  join(folder, `environment-${hashOf(requirements, startUp)}`);

/**
 * Of variables such as PYTHONHOME or PYTHONPATH, which are for the caller's own Python: under them another's finds no
 * library, or the wrong one.
 */
function forgetCallersPython(): void {
  const names = Object.keys(process.env).filter((name) => name.startsWith("PYTHON"));
  for (const name of names) Reflect.deleteProperty(process.env, name);
}

function hashOf(file: string, more = ""): string {
  return createHash("sha256").update(readFileSync(file)).update(more).digest("hex").slice(0, 12);
}

/** Whether an environment's interpreter is there and sees its packages: false after the system's Python was replaced. */
async function works(python: string): Promise<boolean> {
  if (!existsSync(python)) return false;
  const program = "import importlib.metadata as m, sys; sys.exit(not any(m.distributions()))";
  const { exitCode } = await execa(python, ["-I", "-c", program], { stdin: "ignore", reject: false });
  return exitCode === 0;
}

async function ensureUv(base: string, requirements: string, folder: string): Promise<Uv> {
  if (existsSync(folder) && !(await runs(join(folder, "bin/python")))) rmSync(folder, { recursive: true });
  return installUv({ python: base, requirements, folder });
}

async function runs(python: string): Promise<boolean> {
  const { exitCode } = await execa(python, ["-I", "-m", "pip", "--version"], {
    stdin: "ignore",
    reject: false,
  });
  return exitCode === 0;
}

async function install(
  { uv, python }: Uv,
  base: string,
  requirements: string,
  folder: string,
): Promise<void> {
  const env = await packageIndex(python);
  const options = { env, stdin: "ignore", all: true, reject: false } as const;
  const made = await execa(
    uv,
    ["venv", "--quiet", "--relocatable", "--allow-existing", "--python", base, folder],
    options,
  );
  const flags = ["--quiet", "--require-hashes", ...wheelsAlone(), "--python", join(folder, "bin/python")];
  const synced =
    made.exitCode === 0 ? await execa(uv, ["pip", "sync", ...flags, requirements], options) : made;
  if (synced.exitCode === 0) return writeStartUp(join(folder, "bin/python"));
  throw new ToolchainError(
    "The Python packages could not be installed",
    [lastLines(synced.all)],
    networkRemedy,
  );
}

/**
 * To build a package runs what its source says, with tools that no lock names. xgboost-cpu has no wheel for macOS, and is built there.
 * https://docs.astral.sh/uv/reference/cli/#uv-pip-sync
 */
export const wheelsAlone = (system: NodeJS.Platform = process.platform): string[] => [
  ...["--only-binary", ":all:"],
  ...(system === "darwin" ? ["--no-binary", "xgboost-cpu"] : []),
];

async function writeStartUp(python: string): Promise<void> {
  const program =
    "import sys, sysconfig as s; open(s.get_path('purelib') + '/mlops.pth', 'w').write(sys.argv[1])";
  await execa(python, ["-I", "-c", program, startUp], { stdin: "ignore" });
}

/** Deletes environments of older lock files, half a gigabyte each. */
function removeOthers(folder: string, kept: string): void {
  const others = readdirSync(folder).filter((name) => /^environment-[0-9a-f]{12}$/.test(name));
  for (const name of others.map((other) => join(folder, other))) {
    if (name !== kept) rmSync(name, { recursive: true, force: true });
  }
}
