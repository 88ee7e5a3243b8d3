import { setTimeout as sleep } from "node:timers/promises";
import type { RetryPolicy } from "../definition/schema";
import { asFailure, type ExceptionType } from "./failure";

/** What SageMaker tries again by itself: throttling and faults of the services a step calls. */
const defaultRetryPolicy: RetryPolicy = {
  ExceptionType: ["Step.SERVICE_FAULT", "Step.THROTTLING"],
  IntervalSeconds: 1,
  BackoffRate: 2,
  MaxAttempts: 5,
};

/** The policy's own default number of tries. */
const defaultAttempts = 5;

/**
 * Tries until it succeeds, until no policy matches the failure, or until the policy that does is used up.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-retry-policy.html
 * @param attempt gets the number of the try, from 1
 */
export async function withRetries<Result>(
  policies: readonly RetryPolicy[],
  attempt: (number: number) => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const started = Date.now();
  const used = new Map<RetryPolicy, number>();
  for (let number = 1; ; number += 1) {
    try {
      return await attempt(number);
    } catch (error) {
      if (signal.aborted) throw error;
      const { exception } = asFailure(error);
      const policy = policyFor(policies, exception);
      const retries = policy ? (used.get(policy) ?? 0) : 0;
      if (!policy || isUsedUp(policy, retries, started)) throw error;
      used.set(policy, retries + 1);
      await sleep(policy.IntervalSeconds * policy.BackoffRate ** retries * 1000, undefined, { signal });
    }
  }
}

const policyFor = (
  policies: readonly RetryPolicy[],
  exception: ExceptionType | undefined,
): RetryPolicy | undefined =>
  exception &&
  [...policies, defaultRetryPolicy].find(({ ExceptionType }) => ExceptionType.includes(exception));

/** `MaxAttempts` counts the retries; a policy that only expires has no other limit. */
function isUsedUp({ MaxAttempts, ExpireAfterMin }: RetryPolicy, retries: number, started: number): boolean {
  const expired = ExpireAfterMin !== undefined && Date.now() - started > ExpireAfterMin * 60_000;
  const limit = MaxAttempts ?? (ExpireAfterMin === undefined ? defaultAttempts : Infinity);
  return expired || retries >= limit;
}
