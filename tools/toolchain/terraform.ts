import { existsSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { installOnce } from "./install-once";
import { onPath } from "./on-path";
import { downloadTerraform, releasesUrl } from "./terraform-release";
import { ToolchainError, reasonOf } from "./toolchain-error";

export interface TerraformSearch {
  /** The exact version wanted, such as `1.11.4`. */
  readonly version: string;
  /** Folder that keeps downloaded versions, each in a folder of its own. */
  readonly cache: string;
  /** Folders to look in, as in `PATH`. @default this process's PATH */
  readonly path?: string;
  /** Where releases are downloaded from. @default TERRAFORM_RELEASES_URL, else HashiCorp's own address */
  readonly releases?: string;
  /** SHA-256 of the releases' archives, by name. @default those committed */
  readonly sums?: Readonly<Record<string, string>>;
  /** Gets a line when something slow begins. */
  readonly report: (line: string) => void;
}

interface FoundTerraform {
  readonly binary: string;
  readonly version: string;
}

/**
 * The Terraform binary of exactly the wanted version: on `PATH`, else in the cache, else downloaded into it.
 * @throws ToolchainError when there is none and it cannot be downloaded
 */
export async function findTerraform(search: TerraformSearch): Promise<string> {
  const found = await Promise.all(onPath("terraform", search.path).map(inspect));
  const match = found.find(({ version }) => version === search.version);
  if (match) return match.binary;
  const folder = join(search.cache, search.version);
  if (!existsSync(folder)) await download(search, folder, found);
  return join(folder, "terraform");
}

async function download(
  search: TerraformSearch,
  folder: string,
  found: readonly FoundTerraform[],
): Promise<void> {
  const { version, releases = releasesUrl(), sums, report } = search;
  try {
    await installOnce(folder, (temporary) =>
      downloadTerraform({ version, releases, folder: temporary, ...(sums && { sums }), report }),
    );
  } catch (error) {
    const others = found.map((other) => `${other.binary} is ${other.version}`);
    throw new ToolchainError(
      `Terraform ${version} is not on PATH and could not be downloaded`,
      [...others, reasonOf(error)],
      `put Terraform ${version} on PATH (https://developer.hashicorp.com/terraform/install), or set ` +
        "TERRAFORM_RELEASES_URL to a reachable mirror of HashiCorp's releases, then run the same command again",
    );
  }
}

/**
 * Asks a binary for its version, untouched by the user's Terraform settings, and in a folder that asks for none: that of
 * a version manager (tfenv, asdf, mise) is another in each folder, and plans are made in any.
 */
async function inspect(binary: string): Promise<FoundTerraform> {
  const { stdout } = await execa(binary, ["version", "-json"], {
    cwd: "/",
    env: { TF_CLI_CONFIG_FILE: "", TF_CLI_ARGS: "", TF_CLI_ARGS_version: "", CHECKPOINT_DISABLE: "1" },
    stdin: "ignore",
    // In a group of its own: Ctrl-C is for this process to answer.
    detached: true,
    timeout: 10_000,
    reject: false,
  });
  return {
    binary,
    version: /"terraform_version": *"([^"]+)"/.exec(stdout)?.[1] ?? "of an unknown version",
  };
}
