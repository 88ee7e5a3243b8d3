import { join } from "node:path";
import { endProviders } from "../../../tools/attached-terraform";

const providersOf = (folder: string) => join(folder, "providers");

/** From now on the providers of this process's Terraform, and of its commands', stay up between runs. */
export function keepProvidersIn(folder: string): void {
  process.env.MLOPS_ATTACHED_PROVIDERS = providersOf(folder);
}

export function endProvidersOf(folder: string): void {
  delete process.env.MLOPS_ATTACHED_PROVIDERS;
  endProviders(providersOf(folder));
}
