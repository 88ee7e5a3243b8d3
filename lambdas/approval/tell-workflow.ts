import { SendTaskSuccessCommand, type SFNClient, type SFNClientConfig } from "@aws-sdk/client-sfn";

/**
 * A second attempt after an answer that was lost would hear that nobody waits any more. The time limits leave the function time to say
 * that it does not know.
 */
export const oneAttempt: SFNClientConfig = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 3000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};

/** Lets the task that waits with a token go on. */
export async function tellWorkflow(states: SFNClient, taskToken: string, output: object): Promise<void> {
  await states.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }));
}
