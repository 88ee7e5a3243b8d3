import { LambdaClient } from "@aws-sdk/client-lambda";
import { SQSClient } from "@aws-sdk/client-sqs";
import { deadLetterQueues, receiveAll, type DeadLetter, type Received } from "../../operate/dead-letters";
import type { Context } from "../context";
import { UsageError } from "../errors";
import { findEnvironment } from "../estate/find";

/** What lies undelivered in an account. */
export interface Undelivered {
  readonly sqs: SQSClient;
  readonly lambda: LambdaClient;
  readonly letters: readonly Received[];
}

/**
 * Receives every undelivered event of an environment's account, as its administrator.
 * @param queue name of the only queue to look at. @default all of them
 * @throws UsageError where there is no such environment or queue
 */
export async function receiveUndelivered(
  context: Context,
  environment: string,
  queue: string | undefined,
): Promise<Undelivered> {
  const access = await context.access(findEnvironment(context.estate, environment));
  const sqs = new SQSClient({ ...access, useQueueUrlAsEndpoint: false });
  const urls = await deadLetterQueues(sqs);
  const chosen = urls.filter((url) => queue === undefined || url.endsWith(`/${queue}`));
  if (queue !== undefined && chosen.length === 0) {
    const known = urls.map((url) => url.slice(url.lastIndexOf("/") + 1)).join(", ") || "none";
    throw new UsageError(`${environment} has no dead-letter queue ${queue}; there is: ${known}`);
  }
  const letters = await Promise.all(chosen.map((url) => receiveAll(sqs, url)));
  return { sqs, lambda: new LambdaClient(access), letters: letters.flat() };
}

/** A dead letter, as `--json` has it. */
export const letterJson = ({ queue, id, at, event, reason, target }: DeadLetter): DeadLetter => ({
  ...{ queue, id, at, event, reason, target },
});
