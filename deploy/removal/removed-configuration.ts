import { stateKey } from "../../core/state-keys";

type Json = Readonly<Record<string, unknown>>;

/** What is read of a synthesised stack: where its state is, and as whom Terraform works. */
export interface Configuration {
  readonly terraform: { readonly backend: { readonly s3: Json }; readonly required_providers: Json };
  readonly provider: Json;
}

/**
 * Terraform's configuration of a stack that has nothing any more: a plan destroys all that its state holds.
 * @param sibling another stack of the same account
 * @param left addresses of what leaves the state and stays on AWS
 */
export function removedConfiguration(
  { terraform, provider }: Configuration,
  id: string,
  left: readonly string[],
): object {
  const s3 = { ...terraform.backend.s3, key: stateKey(id) };
  return {
    terraform: { ...terraform, backend: { s3 } },
    provider,
    ...(left.length > 0 && { removed: left.map((from) => ({ from, lifecycle: { destroy: false } })) }),
  };
}
