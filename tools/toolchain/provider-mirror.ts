import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { variable } from "../variable";
import { platform } from "./platform";
import type { Provider } from "./provider";

/** Where mirrors may be; each has a value for this machine. */
export interface MirrorSearchPaths {
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
  /** Folder of add-on packages, whose every folder may be a mirror. */
  readonly addOns: string;
}

export function mirrorSearchPaths(): MirrorSearchPaths {
  return { environment: process.env, home: homedir(), addOns: "/opt" };
}

/**
 * The first folder that holds a provider unpacked for this platform: `TF_PLUGIN_MIRROR`, the folders that Terraform
 * itself implies (https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories) but for the
 * one in the folder it runs in, which is the repository's and thus anybody's who opens a pull request, then each folder of the system's add-on packages.
 */
export function findMirror(provider: Provider, places: MirrorSearchPaths): string | undefined {
  return candidates(places).find((folder) => holds(folder, provider));
}

/** Whether a folder is a mirror, in the unpacked layout, that has the provider for this platform. */
export function holds(folder: string, { source, version }: Provider): boolean {
  const prefix = `terraform-provider-${source.split("/").at(-1) ?? ""}_`;
  return list(join(folder, source, version, platform)).some((name) => name.startsWith(prefix));
}

function candidates({ environment, home, addOns }: MirrorSearchPaths): string[] {
  const named = environment.TF_PLUGIN_MIRROR ? [environment.TF_PLUGIN_MIRROR] : [];
  const beside = list(addOns).map((name) => join(addOns, name));
  return [...named, ...implied(environment, home), ...beside];
}

function implied(environment: NodeJS.ProcessEnv, home: string): string[] {
  const own = join(home, ".terraform.d/plugins");
  return process.platform === "darwin"
    ? [own, ...[home, ""].map((root) => join(root, "/Library/Application Support/io.terraform/plugins"))]
    : [own, ...dataFolders(environment, home).map((folder) => join(folder, "terraform/plugins"))];
}

/** The XDG base directories for data, the user's own first. */
function dataFolders(environment: NodeJS.ProcessEnv, home: string): string[] {
  const shared = (environment.XDG_DATA_DIRS ?? "").split(delimiter).filter((folder) => folder !== "");
  return [
    variable("XDG_DATA_HOME", environment) ?? join(home, ".local/share"),
    ...(shared.length > 0 ? shared : ["/usr/local/share", "/usr/share"]),
  ];
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}
