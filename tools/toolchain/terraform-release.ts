import { createHash } from "node:crypto";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { download } from "../network/download";
import { variable } from "../variable";
import { platform } from "./platform";
import { terraformSums } from "./terraform-sums";

export interface TerraformRelease {
  readonly version: string;
  /** Address laid out as https://releases.hashicorp.com. */
  readonly releases: string;
  /** Existing folder that gets the binary. */
  readonly folder: string;
  /** SHA-256 of each archive, by its name. @default those committed */
  readonly sums?: Readonly<Record<string, string>>;
  readonly report: (line: string) => void;
}

/** Where releases come from: `TERRAFORM_RELEASES_URL` (a mirror inside a company), else HashiCorp. */
export function releasesUrl(): string {
  return variable("TERRAFORM_RELEASES_URL") ?? "https://releases.hashicorp.com";
}

/**
 * Downloads a release for this platform, checks it against the SHA-256 that is committed and unpacks the binary.
 * @throws Error naming the address and what is wrong; the folder is then not to be used
 */
export async function downloadTerraform({
  version,
  releases,
  folder,
  sums = terraformSums,
  report,
}: TerraformRelease): Promise<void> {
  const name = `terraform_${version}_${platform}.zip`;
  const base = `${releases.replace(/\/+$/, "")}/terraform/${version}`;
  report(`Downloading Terraform ${version} for ${platform}`);
  const wanted = sums[name];
  if (wanted === undefined)
    throw new Error(`no SHA-256 of ${name} is committed (tools/toolchain/terraform-sums.ts)`);
  const archive = await download(`${base}/${name}`);
  const got = createHash("sha256").update(archive).digest("hex");
  if (got !== wanted) throw new Error(`${base}/${name} has SHA-256 ${got}, committed is ${wanted}`);
  unpack(archive, folder, `${base}/${name}`);
}

function unpack(archive: Uint8Array, folder: string, url: string): void {
  const { terraform } = unzipSync(archive, { filter: ({ name }) => name === "terraform" });
  if (!terraform) throw new Error(`${url} holds no file named terraform`);
  writeFileSync(join(folder, "terraform"), terraform);
  chmodSync(join(folder, "terraform"), 0o755);
}
