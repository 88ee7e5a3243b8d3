import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cache, repository } from "../paths";
import { renderCliConfig, writeIfChanged } from "./cli-config";
import { awsProvider, type Provider } from "./provider";
import { downloadProvider, lockOfDownload } from "./provider-download";
import { findMirror, mirrorSearchPaths } from "./provider-mirror";
import { findTerraform } from "./terraform";

export { ToolchainError } from "./toolchain-error";

/** What running Terraform takes. */
export interface Toolchain {
  /** Path of the binary. */
  readonly terraform: string;
  /** Variables on top of the process's own; they override the user's Terraform settings. */
  readonly environment: Readonly<Record<string, string>>;
  /** Terraform's lock file with the hashes of the one provider that may run. */
  readonly lockFile: string;
}

const terraformCache = join(cache, "terraform");

/**
 * Brings Terraform at the version in `.terraform-version`, and the AWS provider that the bindings are made for, from this
 * machine where they are here, else from the network into `.cache/`.
 * @param report gets a line when something slow begins
 * @throws ToolchainError with the remedy when one of them cannot be brought
 */
export async function ensureTerraform(report: (line: string) => void): Promise<Toolchain> {
  const version = readFileSync(join(repository, ".terraform-version"), "utf8").trim();
  const terraform = await findTerraform({ version, cache: terraformCache, report });
  const provider = awsProvider();
  const found = findMirror(provider, mirrorSearchPaths());
  const mirror = found ?? (await ownMirror(terraform, provider, report));
  const configuration = join(terraformCache, "cli.tfrc");
  writeIfChanged(configuration, renderCliConfig(mirror, provider));
  return {
    terraform,
    environment: environmentWith(configuration),
    lockFile: found === undefined ? lockOfDownload(mirror) : committedLock,
  };
}

/** Hashes of the one provider that may run. */
const committedLock = join(repository, ".terraform.lock.hcl");

function ownMirror(terraform: string, provider: Provider, report: (line: string) => void): Promise<string> {
  return downloadProvider({
    terraform,
    provider,
    lockFile: committedLock,
    mirror: join(terraformCache, `mirror-${provider.version}`),
    report,
  });
}

/** Terraform's settings that change no plan: what it logs, and how it reaches a registry or a mirror. */
const harmless = /^TF_(LOG|REGISTRY_|TOKEN_|PLUGIN_MIRROR$)/;

/**
 * Many stacks run at once, each in its own folder: a plugin cache, data folder or workspace that the user has set for all
 * of them would make them share what may not be shared. Arguments, variables, providers or endpoints of the user's would
 * change what is planned. Terraform takes an empty value for unset.
 */
function environmentWith(configuration: string): Record<string, string> {
  const callers = Object.keys(process.env).filter((name) => name.startsWith("TF_") && !harmless.test(name));
  const unset = ["TF_PLUGIN_CACHE_DIR", "TF_DATA_DIR", "TF_WORKSPACE", ...callers];
  return {
    ...Object.fromEntries(unset.map((name) => [name, ""])),
    TF_CLI_CONFIG_FILE: configuration,
    CHECKPOINT_DISABLE: "1",
    ...socketFolder(tmpdir(), process.env),
  };
}

/** The longest path of a socket, on macOS, less the name that a provider gives its own. */
const longestFolder = 103 - "/plugin1234567890".length;

/**
 * Terraform and a provider talk through a socket in the folder for temporary files, of which the system allows only a
 * short path; a provider then ends without a word (https://github.com/hashicorp/terraform/issues/22198).
 */
export const socketFolder = (
  temporary: string,
  { PLUGIN_UNIX_SOCKET_DIR: own }: NodeJS.ProcessEnv,
): Record<string, string> =>
  own === undefined && temporary.length > longestFolder ? { PLUGIN_UNIX_SOCKET_DIR: "/tmp" } : {};
