import type { Environment } from "../../config/schema";
import { roleArn } from "../../core/arns";
import { callerArn } from "./caller";
import { networkFault, trustRemedy } from "./network-fault";

/** The caller cannot work in an account; the message says in one line what it lacks. */
export class AccessError extends Error {}

/** A role leads to another account than the environment's file says. */
export class WrongAccountError extends AccessError {
  constructor({ name, account }: Environment, role: string, found = "unknown") {
    super(`The role ${role} of environment ${name} leads to account ${found}, not to ${account}`);
  }
}

/** Names that STS and the SDK give to credentials which are none, or none any more. */
const badCredentials = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidClientTokenId",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
]);

/** Why a role of an account could not be assumed. */
export async function assumptionError(
  error: Error & { readonly code?: string },
  { name, region, account }: Environment,
  role: string,
): Promise<AccessError> {
  const options = { cause: error };
  const to = `to reach environment ${name} (account ${account})`;
  if (error.name === "CredentialsProviderError")
    return new AccessError(
      `No AWS credentials ${to}: set AWS_PROFILE, or add --local for the local AWS. ${oneLine(error)}`,
      options,
    );
  if (badCredentials.has(error.name))
    return new AccessError(
      `The AWS credentials do not work ${to}: ${error.name}: ${oneLine(error)}`,
      options,
    );
  const fault = networkFault(error);
  if (fault === "no answer")
    return new AccessError(`No answer from AWS${endpoint()}: ${oneLine(error)}`, options);
  if (fault === "no trust")
    return new AccessError(`No trust in who answers as AWS: ${oneLine(error)}: ${trustRemedy}`, options);
  const caller = (await callerArn(region)) ?? "The caller";
  return new AccessError(
    `${caller} may not assume ${roleArn({ account, region }, role)} ${to}: ${error.name}: ${oneLine(error)}. ` +
      "--role or MLOPS_ROLE takes another role",
    options,
  );
}

const oneLine = ({ message }: Error): string => message.trim().replace(/\s+/g, " ").replace(/\.$/, "");

function endpoint(): string {
  const { AWS_ENDPOINT_URL } = process.env;
  return AWS_ENDPOINT_URL ? ` at ${AWS_ENDPOINT_URL}` : "";
}
