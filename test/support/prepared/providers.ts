import { join } from "node:path";
import { usedTypes } from "../../../core/used-types";
import { endProviders, keepingUp, type KeptProviders } from "../../../tools/attached-terraform";

const providersOf = (folder: string): KeptProviders => ({
  folder: join(folder, "providers"),
  atMost: 12,
  types: usedTypes,
});

/** From now on the providers of this process's Terraform, and of its commands', stay up between runs. */
export function keepProvidersIn(folder: string): void {
  Object.assign(process.env, keepingUp(providersOf(folder)));
}

/** From now on they start and end with each run of Terraform, which looks into their hashes, as it is without tests. */
export function startProvidersAnew(): void {
  delete process.env.MLOPS_ATTACHED_PROVIDERS;
}

export function endProvidersOf(folder: string): void {
  startProvidersAnew();
  endProviders(providersOf(folder));
}
