import { askLocalAws, type LocalAwsAddress } from "../../tools/local-aws/address";

/** One assumption of a role, as local AWS saw it. */
export interface AssumedRole {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly roleArn: string;
  readonly sessionName: string;
  /** ARN of the caller's role or account root, or a service's name. */
  readonly principal: string;
}

/** Who assumed which role on local AWS, in order, as CloudTrail would tell. */
export async function assumedRoles(address: LocalAwsAddress): Promise<readonly AssumedRole[]> {
  const response = await askLocalAws(address, "AssumedRoles");
  return ((await response.json()) as { readonly roles: readonly AssumedRole[] }).roles;
}
