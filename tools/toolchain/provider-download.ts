import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { installOnce } from "./install-once";
import { platform } from "./platform";
import type { Provider } from "./provider";
import { ToolchainError, reasonOf } from "./toolchain-error";

export interface ProviderDownload {
  readonly terraform: string;
  readonly provider: Provider;
  /** Lock file with the hashes of the provider's archives: another archive is refused. */
  readonly lockFile: string;
  /** The mirror to make. */
  readonly mirror: string;
  readonly report: (line: string) => void;
}

/**
 * Lets Terraform download a provider once, checks and all, under the user's own Terraform settings (a company's network
 * mirror, credentials). Terraform's plugin cache has the layout of an unpacked mirror, and a mirror, unlike the cache, may
 * be read by many `terraform init` at once.
 * @throws ToolchainError when Terraform cannot get it
 */
export async function downloadProvider(download: ProviderDownload): Promise<string> {
  const { provider, mirror, report } = download;
  return installOnce(mirror, async (temporary) => {
    report(`Downloading the provider ${provider.source} ${provider.version} for ${platform}`);
    try {
      await initWithPluginCache(download, temporary);
    } catch (error) {
      throw new ToolchainError(
        `The Terraform provider ${provider.source} ${provider.version} is in no mirror and could not be downloaded`,
        [reasonOf(error)],
        "check the network, or set TF_PLUGIN_MIRROR to a folder that holds " +
          `${provider.source}/${provider.version}/${platform}/, then run the same command again`,
      );
    }
  });
}

async function initWithPluginCache(
  { terraform, provider, lockFile }: ProviderDownload,
  pluginCache: string,
): Promise<void> {
  const working = join(pluginCache, ".init");
  mkdirSync(working);
  const required = { provider: { source: provider.source, version: provider.version } };
  writeFileSync(
    join(working, "main.tf.json"),
    JSON.stringify({ terraform: { required_providers: required } }),
  );
  copyFileSync(lockFile, join(working, lockName));
  const { exitCode, stderr } = await execa(
    terraform,
    ["init", "-backend=false", "-input=false", "-no-color"],
    {
      cwd: working,
      env: { ...userSettings(), TF_PLUGIN_CACHE_DIR: pluginCache, TF_DATA_DIR: "", CHECKPOINT_DISABLE: "1" },
      stdin: "ignore",
      reject: false,
    },
  );
  if (exitCode !== 0) throw new Error(stderr.trim());
  copyFileSync(join(working, lockName), lockOfDownload(pluginCache));
  rmSync(working, { recursive: true });
}

/** The lock file that came of a download: the committed hashes, and that of what was in the archive for this platform. */
export const lockOfDownload = (mirror: string): string => join(mirror, lockName);

const lockName = ".terraform.lock.hcl";

/** A `TF_CLI_CONFIG_FILE` that points nowhere would make Terraform fail; without it, the default place counts. */
function userSettings(): { TF_CLI_CONFIG_FILE: string } | undefined {
  const file = process.env.TF_CLI_CONFIG_FILE;
  return file === undefined || existsSync(file) ? undefined : { TF_CLI_CONFIG_FILE: "" };
}
