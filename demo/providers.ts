import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  attachedEnvironment,
  attachedTerraform,
  endProviders,
  keepingUp,
  type KeptProviders,
} from "../tools/attached-terraform";
import { usedTypes } from "../core/used-types";
import { cache } from "../tools/paths";
import type { Toolchain } from "../tools/toolchain";

/** As many as Terraform runs side by side. */
const providers: KeptProviders = {
  folder: join(cache, "local-aws/providers"),
  atMost: 12,
  types: usedTypes,
};

/** Terraform whose providers stay up from one run to the next, until `endKeptProviders`. */
export function keepProvidersUp(tool: Toolchain): Toolchain {
  endProviders(providers); // of a run that was killed
  rmSync(providers.folder, { recursive: true, force: true });
  const environment = { ...attachedEnvironment(tool.terraform), ...keepingUp(providers) };
  return { ...tool, terraform: attachedTerraform, environment: { ...tool.environment, ...environment } };
}

export const endKeptProviders = (): void => {
  endProviders(providers);
};
