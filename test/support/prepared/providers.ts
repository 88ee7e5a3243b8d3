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

/** Variables of a run whose providers start and end with it, and are looked into, as it is without tests. */
export const providersAnew: Readonly<Record<string, string>> = { MLOPS_ATTACHED_PROVIDERS: "" };

export function endProvidersOf(folder: string): void {
  delete process.env.MLOPS_ATTACHED_PROVIDERS;
  endProviders(providersOf(folder));
}
