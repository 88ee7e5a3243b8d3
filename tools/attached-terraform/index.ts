import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { UsedTypes } from "./slim-schema";

/** Terraform that works with the providers which variables name, if they do; see the file. */
export const attachedTerraform = join(__dirname, "terraform");

/** Providers that stay up, and how many there may be: more runs at a time start their own. */
export interface KeptProviders {
  readonly folder: string;
  readonly atMost: number;
  /** The types that are used of their schemas. */
  readonly types: UsedTypes;
}

/** Variables by which programs take `attachedTerraform` for Terraform. @param terraform the real one */
export const attachedEnvironment = (terraform: string): Record<string, string> => ({
  MLOPS_ATTACHED_TERRAFORM: terraform,
  PATH: [__dirname, process.env.PATH].join(delimiter),
});

/** Variables by which it keeps its providers up, until `endProviders`. */
export const keepingUp = ({ folder, atMost, types }: KeptProviders): Record<string, string> => ({
  MLOPS_ATTACHED_PROVIDERS: folder,
  MLOPS_ATTACHED_AT_MOST: String(atMost),
  MLOPS_ATTACHED_NODE: process.execPath,
  MLOPS_ATTACHED_TYPES: JSON.stringify(types),
});

export function endProviders({ folder }: Pick<KeptProviders, "folder">): void {
  if (!existsSync(folder)) return;
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith("/pid")))
    end(Number(readFileSync(join(folder, file), "utf8")));
}

/** Only what is still a provider: a number that is free again goes to others. */
function end(pid: number): void {
  try {
    if (readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("terraform-provider")) process.kill(pid);
  } catch {
    // it has ended by itself
  }
}
