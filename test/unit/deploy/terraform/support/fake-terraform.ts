import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformOptions } from "../../../../../deploy/terraform/process";
import { until } from "../../../../support/until";
import { temporaryFolder } from "../../../../support/temporary-folder";

/** A shell script that stands in for Terraform, to misbehave in ways that the real one cannot be made to. */
export class FakeTerraform {
  readonly folder = temporaryFolder();
  readonly journal = join(this.folder, "apply.jsonl");

  /** @param script what it does; its folder is `$here` */
  options(script: string): TerraformOptions {
    const terraform = join(this.folder, "terraform");
    writeFileSync(terraform, `#!/bin/sh\nhere='${this.folder}'\n${script}\n`);
    chmodSync(terraform, 0o755);
    return { terraform, environment: {}, lockFile: "", directory: this.folder };
  }

  has(name: string): boolean {
    return existsSync(join(this.folder, name));
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  /** Waits until the script has written a file. */
  until = (name: string): Promise<boolean> =>
    until(`the script has written ${name}`, () => this.has(name) || undefined);
}

/** A line of Terraform's about a resource whose creation has begun. */
export const begun = (address: string): string =>
  JSON.stringify({ type: "apply_start", hook: { resource: { addr: address }, action: "create" } });

/** A line of Terraform's about an error. */
export const failed = (summary: string, detail = ""): string =>
  JSON.stringify({ type: "diagnostic", diagnostic: { severity: "error", summary, detail } });
