import { networkFailure } from "./network-failure";
import type { Properties } from "./properties";

/**
 * What CloudFormation asks of a custom resource.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 */
export interface ResourceRequest {
  readonly RequestType: "Create" | "Update" | "Delete";
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties?: Properties;
  readonly OldResourceProperties?: Properties;
}

/** What became of it. */
export interface Outcome {
  readonly physicalId: string;
  readonly data?: Readonly<Record<string, string>>;
  /** Why it failed; none: it did not. */
  readonly reason?: string;
}

/** Characters of a reason: an answer has 4096 bytes. */
const longestReason = 1_200;
/** Milliseconds that one try to answer may take. */
const timeout = 5_000;

/**
 * Tells CloudFormation, by a PUT to the address that it gave; tries three times. Without an answer a stack hangs for as long as its time limit.
 * @throws Error that does not have the address, which is signed
 */
export async function answer(request: ResourceRequest, { physicalId, data, reason }: Outcome): Promise<void> {
  const { StackId, RequestId, LogicalResourceId, ResponseURL } = request;
  const body = JSON.stringify({
    Status: reason === undefined ? "SUCCESS" : "FAILED",
    ...(reason !== undefined && { Reason: reason.slice(0, longestReason) }),
    PhysicalResourceId: physicalId,
    ...{ StackId, RequestId, LogicalResourceId },
    ...(data && { Data: data }),
  });
  let failure = "";
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      // As bytes: the address is signed for no content type.
      const options = { method: "PUT", body: Buffer.from(body), signal: AbortSignal.timeout(timeout) };
      const response = await fetch(ResponseURL, options);
      if (response.ok) return;
      failure = `it answered ${response.status}`;
    } catch (error) {
      failure = networkFailure(error, ResponseURL) ?? (error as Error).name;
    }
  }
  throw new Error(`CloudFormation could not be told of ${RequestId}: ${failure}`);
}
