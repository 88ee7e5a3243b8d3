import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { callersStsClient } from "./callers-clients";

/** ARN of who calls; undefined where STS does not say. */
export async function callerArn(region: string): Promise<string | undefined> {
  try {
    return (await callersStsClient(region).send(new GetCallerIdentityCommand())).Arn;
  } catch {
    return undefined;
  }
}

/**
 * Name of a session of a role, after who is behind it: a user's name, or that of the session in which the caller works already.
 * A source identity that a sign-in gave passes through roles by itself.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function sessionNameOf(caller: string | undefined): string {
  const who = caller?.slice(caller.lastIndexOf("/") + 1).replace(/^arn:.*:/, "") ?? "unknown";
  return `mlops-${who}`.replaceAll(/[^\w+=,.@-]/g, "-").slice(0, 64);
}
