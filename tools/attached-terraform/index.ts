import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Toolchain } from "../toolchain";

/** Terraform that works with the providers which a variable names, if one does; see attached-terraform.sh. */
export const attachedTerraform = join(__dirname, "attached-terraform.sh");

/** Variables for it. @param terraform the real one @param folder for the providers that are up; without one they end with each run */
export const attachedEnvironment = (terraform: string, folder?: string): Record<string, string> => ({
  MLOPS_ATTACHED_TERRAFORM: terraform,
  ...(folder !== undefined && { MLOPS_ATTACHED_PROVIDERS: folder }),
});

/** Terraform whose providers stay up from one run to the next, until `endProviders`. @param folder for them */
export const withProvidersUp = (tool: Toolchain, folder: string): Toolchain => ({
  ...tool,
  terraform: attachedTerraform,
  environment: { ...tool.environment, ...attachedEnvironment(tool.terraform, folder) },
});

export function endProviders(folder: string): void {
  if (!existsSync(folder)) return;
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith("/pid")))
    end(Number(readFileSync(join(folder, file), "utf8")));
}

function end(pid: number): void {
  try {
    process.kill(pid);
  } catch {
    // it has ended by itself
  }
}
