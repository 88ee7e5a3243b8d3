import { execa } from "execa";
import { onPath } from "../toolchain/on-path";
import { ToolchainError } from "../toolchain";

interface Candidate {
  readonly binary: string;
  /** Such as `[3, 11]`; undefined where the file does not run as Python. */
  readonly version: readonly [number, number] | undefined;
}

/** Oldest minor version of Python 3 that moto and the scripts run on: that of SageMaker's images. */
const oldestMinor = 10;

/** Newest minor version that the images' own scikit-learn runs on; a newer Python gets a newer scikit-learn. */
const newestExactMinor = 12;

const names = ["python3", "python3.12", "python3.11", "python3.10", "python3.13", "python3.14", "python"];

/**
 * A Python to build the environment on: the first on `PATH` that runs the libraries of SageMaker's images, else the first
 * that is new enough.
 * @throws ToolchainError when none is new enough
 */
export async function findPython(path?: string): Promise<string> {
  const candidates = await Promise.all(names.flatMap((name) => onPath(name, path)).map(inspect));
  const usable = candidates.filter(({ version }) => atLeast(version, oldestMinor));
  const best = usable.find(({ version }) => !atLeast(version, newestExactMinor + 1)) ?? usable[0];
  if (best) return best.binary;
  throw new ToolchainError(
    `Python 3.${oldestMinor} or newer is not on PATH`,
    candidates.flatMap(({ binary, version }) => (version ? [`${binary} is ${version.join(".")}`] : [])),
    "install it (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python@3.12), then run the " +
      "same command again",
  );
}

function atLeast(version: Candidate["version"], minor: number): boolean {
  return version?.[0] === 3 && version[1] >= minor;
}

async function inspect(binary: string): Promise<Candidate> {
  const program = "import sys; print('%d %d' % sys.version_info[:2])";
  const { stdout } = await execa(binary, ["-I", "-c", program], {
    stdin: "ignore",
    timeout: 10_000,
    reject: false,
  });
  const [, major, minor] = /^(\d+) (\d+)$/.exec(stdout) ?? [];
  return { binary, version: major && minor ? [Number(major), Number(minor)] : undefined };
}
