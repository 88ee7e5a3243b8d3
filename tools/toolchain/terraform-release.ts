import { createHash } from "node:crypto";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { download } from "../network/download";
import { variable } from "../variable";
import { platform } from "./platform";

export interface TerraformRelease {
  readonly version: string;
  /** Address laid out as https://releases.hashicorp.com. */
  readonly releases: string;
  /** Existing folder that gets the binary. */
  readonly folder: string;
  readonly report: (line: string) => void;
}

/** Where releases come from: `TERRAFORM_RELEASES_URL` (a mirror inside a company), else HashiCorp. */
export function releasesUrl(): string {
  return variable("TERRAFORM_RELEASES_URL") ?? "https://releases.hashicorp.com";
}

/**
 * Downloads a release for this platform, checks it against its published SHA-256 sum and unpacks the binary.
 * @throws Error naming the address and what is wrong; the folder is then not to be used
 */
export async function downloadTerraform({
  version,
  releases,
  folder,
  report,
}: TerraformRelease): Promise<void> {
  const name = `terraform_${version}_${platform}.zip`;
  const base = `${releases.replace(/\/+$/, "")}/terraform/${version}`;
  report(`Downloading Terraform ${version} for ${platform}`);
  const sums = await download(`${base}/terraform_${version}_SHA256SUMS`);
  const wanted = sumOf(new TextDecoder().decode(sums), name);
  if (!wanted) throw new Error(`${base}/terraform_${version}_SHA256SUMS lists no ${name}`);
  const archive = await download(`${base}/${name}`);
  const got = createHash("sha256").update(archive).digest("hex");
  if (got !== wanted) throw new Error(`${base}/${name} has SHA-256 ${got}, published is ${wanted}`);
  unpack(archive, folder, `${base}/${name}`);
}

function sumOf(sums: string, name: string): string | undefined {
  const line = sums.split("\n").find((candidate) => candidate.trimEnd().endsWith(`  ${name}`));
  return line?.split(" ")[0];
}

function unpack(archive: Uint8Array, folder: string, url: string): void {
  const { terraform } = unzipSync(archive, { filter: ({ name }) => name === "terraform" });
  if (!terraform) throw new Error(`${url} holds no file named terraform`);
  writeFileSync(join(folder, "terraform"), terraform);
  chmodSync(join(folder, "terraform"), 0o755);
}
