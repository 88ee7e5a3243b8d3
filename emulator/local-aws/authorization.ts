import { askLocalAws, type LocalAwsAddress } from "../../tools/local-aws/address";

/** What policies have refused, in AWS's words, in order. */
export async function refusals(address: LocalAwsAddress): Promise<readonly string[]> {
  const response = await askLocalAws(address, "Refusals");
  return ((await response.json()) as { readonly refusals: readonly string[] }).refusals;
}

/** From now on everybody may do everything, but for the checks that local AWS always makes. */
export async function liftPolicies(address: LocalAwsAddress): Promise<void> {
  await askLocalAws(address, "SetAuthorization", { enabled: false });
}
