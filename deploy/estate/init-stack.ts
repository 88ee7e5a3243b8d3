import type { StackDescription } from "../../stacks/list";
import { awsProvider } from "../../tools/toolchain/provider";
import type { Accounts } from "../access/accounts";
import { hashSynthesised } from "../synthesis/hashes";
import { isInitialised } from "../terraform/provider-lock";
import { init } from "../terraform/terraform";
import type { StateJson } from "../terraform/state-json";
import { Refusal } from "./refusal";
import { optionsFor, type TerraformContext } from "./terraform-context";

/** Folders that are ready, each by the hash of what was synthesised into it: to initialise one again changes nothing. */
const ready = new Map<string, string | undefined>();

/**
 * Makes a stack's folder ready to run Terraform in. A state is input: `init` takes the providers that it names, so that whoever may
 * write one could have a program of theirs run by whoever plans.
 * @returns the state as it is now
 * @throws Refusal where the state names a provider that is not the estate's, before Terraform starts; TerraformError
 */
export async function initStack(
  runs: TerraformContext,
  accounts: Accounts,
  stack: StackDescription,
): Promise<StateJson> {
  const state = await (await accounts.stateOf(stack)).read();
  refuseForeignProviders(stack.id, state);
  const options = optionsFor(runs, stack);
  const synthesised = hashSynthesised(options.directory);
  if (!isInitialised(options.directory) || ready.get(options.directory) !== synthesised) await init(options);
  ready.set(options.directory, synthesised);
  return state;
}

/** @throws Refusal naming what uses a provider other than AWS's and Terraform's own */
export function refuseForeignProviders(stack: string, state: Pick<StateJson, "resources">): void {
  const foreign = foreignProvidersIn(state);
  if (foreign.length === 0) return;
  throw new Refusal(
    `The state of ${stack} names providers that are not this estate's, and nothing of it was run`,
    [
      ...foreign,
      "restore the last version of the state's object that was your own, and see who wrote this one",
    ],
  );
}

/** What in a state uses a provider other than AWS's and Terraform's own, each with the provider. */
export function foreignProvidersIn({ resources }: Pick<StateJson, "resources">): string[] {
  const known = [awsProvider().source, "terraform.io/builtin/terraform"].map(
    (source) => `provider["${source}"]`,
  );
  return resources
    .filter(({ provider }) => provider === undefined || !known.includes(provider))
    .map(({ type, name, provider }) => `${type}.${name} is of ${provider ?? "none"}`);
}
