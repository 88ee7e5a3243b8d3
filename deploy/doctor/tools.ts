import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { onPath } from "../../tools/toolchain/on-path";
import { platform } from "../../tools/toolchain/platform";
import type { Provider } from "../../tools/toolchain/provider";
import { findMirror, holds, type MirrorSearchPaths } from "../../tools/toolchain/provider-mirror";
import { missing, present, type Finding } from "./finding";

const setUp = "run npm run setup, which brings it";

/** Node.js against the `engines` of package.json, such as `>=20.19`. */
export function checkNode(running: string, engines: string): Finding {
  const got = numbersOf(running);
  const difference = numbersOf(engines).map((number, at) => (got[at] ?? 0) - number);
  return (difference.find((by) => by !== 0) ?? 0) >= 0
    ? present("Node.js", running)
    : missing("Node.js", `${running}, wanted ${engines}`, "install a newer one from https://nodejs.org");
}

const numbersOf = (text: string): number[] => (/\d+(\.\d+)*/.exec(text)?.[0] ?? "").split(".").map(Number);

/** Installed npm packages that commands need, against the exact versions in package.json; tests bring theirs. */
export function checkPackages(repository: string): Finding {
  const manifest = readManifest(join(repository, "package.json"));
  const wanted = Object.entries(manifest?.dependencies ?? {});
  const wrong = wanted.flatMap(([name, version]) => {
    const installed = readManifest(join(repository, "node_modules", name, "package.json"))?.version;
    return installed === version ? [] : [`${name} is ${installed ?? "not installed"}, wanted ${version}`];
  });
  return wrong.length === 0
    ? present("npm packages", `all ${wanted.length} at their locked versions`)
    : missing("npm packages", wrong.join("; "), "run npm run setup, which installs the locked packages");
}

interface Manifest {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function readManifest(file: string): Manifest | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Manifest) : undefined;
}

/** git, and that the repository is one: saved plans name their commit, and `--affected` compares two. */
export async function checkGit(repository: string): Promise<Finding> {
  const git = await firstLine("git", ["--version"]);
  if (git === undefined) return missing("git", "not on PATH", "install it from https://git-scm.com");
  const commit = await firstLine("git", ["-C", repository, "rev-parse", "--short", "HEAD"]);
  return commit === undefined
    ? missing("git", `${git}; ${repository} is no repository with a commit`, "clone it instead of copying it")
    : present("git", `${git.replace("git version ", "")}, at commit ${commit}`);
}

export interface TerraformSearchPaths {
  readonly version: string;
  /** Folder that keeps downloaded versions, each in a folder of its own. */
  readonly cache: string;
  /** As in `PATH`. @default this process's own */
  readonly path?: string;
}

/** Terraform at exactly the wanted version, on `PATH` or in the cache; downloads nothing. */
export async function checkTerraform({ version, cache, path }: TerraformSearchPaths): Promise<Finding> {
  const binaries = [...onPath("terraform", path), join(cache, version, "terraform")].filter(existsSync);
  const found = await Promise.all(
    binaries.map(async (binary) => ({ binary, version: (await versionOf(binary)) ?? "unknown" })),
  );
  const match = found.find((candidate) => candidate.version === version);
  if (match) return present("Terraform", `${version}, ${match.binary}`);
  const others = found.map((other) => `${other.binary} is ${other.version}`);
  return missing("Terraform", [`no ${version}`, ...others].join("; "), setUp);
}

async function versionOf(binary: string): Promise<string | undefined> {
  const line = await firstLine(binary, ["version"], { TF_CLI_CONFIG_FILE: "", TF_CLI_ARGS: "" });
  return /^Terraform v(\S+)$/.exec(line ?? "")?.[1];
}

/** The provider unpacked for this machine: in a mirror, or downloaded before. */
export function checkProvider(provider: Provider, places: MirrorSearchPaths, downloaded: string): Finding {
  const mirror = findMirror(provider, places) ?? (holds(downloaded, provider) ? downloaded : undefined);
  const what = `${provider.source} ${provider.version}`;
  return mirror === undefined
    ? missing(
        "AWS provider",
        `no mirror holds ${what} for ${platform}`,
        `${setUp}, or set TF_PLUGIN_MIRROR to a folder that holds it`,
      )
    : present("AWS provider", `${provider.version}, ${mirror}`);
}

/** How many Terraform runs go side by side with the memory that is free. */
export function checkMemory(runs: number, freeBytes: number): Finding {
  const free = `${(freeBytes / 1024 ** 3).toFixed(1)} GB free`;
  return freeBytes < 0.9 * 1024 ** 3
    ? missing("Memory", `${free}, a Terraform run takes 0.9`, "end what else runs here")
    : present("Memory", `${free}: ${runs} Terraform ${runs === 1 ? "run" : "runs side by side"}`);
}

async function firstLine(
  binary: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  const options = { stdin: "ignore", timeout: 10_000, reject: false } as const;
  const { exitCode, stdout } = await execa(binary, args, {
    ...options,
    env: { ...env, CHECKPOINT_DISABLE: "1" },
  });
  return exitCode === 0 ? stdout.split("\n")[0] : undefined;
}
