import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Provider } from "./provider";

/**
 * Terraform's CLI configuration that takes one provider from a mirror, and any other from nowhere: a state names providers too,
 * and whoever writes one would run a program of theirs as whoever plans (ADR 33).
 * (https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation).
 */
export function renderCliConfig(mirror: string, { source }: Provider): string {
  return `disable_checkpoint = true

provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = [${JSON.stringify(source)}]
  }
}
`;
}

/** Writes a file whole, and only where its text differs, so that runs side by side do not disturb each other. */
export function writeIfChanged(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
}
