import { asFailure, isStop, StepFailure } from "../../../../emulator/runner/execution/failure";
import { withRetries } from "../../../../emulator/runner/execution/retry";

const at = { IntervalSeconds: 0, BackoffRate: 1 };
const killed = () => new StepFailure("killed", "SageMaker.JOB_INTERNAL_ERROR");
const never = new AbortController().signal;

/** How often it was tried before it gave up. */
async function tries(
  policies: Parameters<typeof withRetries>[0],
  failure: (number: number) => Error,
  signal: AbortSignal = never,
): Promise<number> {
  let count = 0;
  const attempt = (number: number) => {
    count = number;
    return Promise.reject(failure(number));
  };
  await expect(withRetries(policies, attempt, signal)).rejects.toThrow();
  return count;
}

test("an internal error is tried again only by a policy, five times by default", async () => {
  expect(await tries([], killed)).toBe(1);
  expect(await tries([{ ...at, ExceptionType: ["SageMaker.JOB_INTERNAL_ERROR"] }], killed)).toBe(6);
});

test("each policy has a limit of its own", async () => {
  const policies = [
    { ...at, ExceptionType: ["SageMaker.JOB_INTERNAL_ERROR"], MaxAttempts: 2 },
    { ...at, ExceptionType: ["SageMaker.RESOURCE_LIMIT"], MaxAttempts: 3 },
  ];
  const byTurns = (number: number) =>
    number % 2 === 1 ? killed() : new StepFailure("limit", "SageMaker.RESOURCE_LIMIT");
  expect(await tries(policies, byTurns)).toBe(5);
});

test("a policy that expires has no other limit, and ends with its time", async () => {
  let now = 0;
  const clock = jest.spyOn(Date, "now").mockImplementation(() => now);
  const policy = { ...at, ExceptionType: ["SageMaker.JOB_INTERNAL_ERROR"], ExpireAfterMin: 1 };
  const slowly = () => {
    now += 7_000;
    return killed();
  };
  expect(await tries([policy], slowly)).toBe(9);
  clock.mockRestore();
});

test("the pause grows by the rate", async () => {
  const pauses: number[] = [];
  let last = Date.now();
  const policy = {
    ExceptionType: ["SageMaker.JOB_INTERNAL_ERROR"],
    IntervalSeconds: 0.02,
    BackoffRate: 3,
    MaxAttempts: 3,
  };
  await tries([policy], () => {
    pauses.push(Date.now() - last);
    last = Date.now();
    return killed();
  });
  const [, first = NaN, second = NaN, third = NaN] = pauses;
  expect(first).toBeGreaterThanOrEqual(19);
  expect(second).toBeGreaterThanOrEqual(59);
  expect(third).toBeGreaterThanOrEqual(179);
});

test("nothing is tried again once it is to stop", async () => {
  const stop = new AbortController();
  const failure = () => {
    stop.abort();
    return killed();
  };
  expect(
    await tries([{ ...at, ExceptionType: ["SageMaker.JOB_INTERNAL_ERROR"] }], failure, stop.signal),
  ).toBe(1);
});

const service = (name: string, status: number) =>
  Object.assign(new Error("by the service"), { name, $metadata: { httpStatusCode: status } });

test.each([
  ["ThrottlingException", 400, "Step.THROTTLING"],
  ["TooManyRequestsException", 429, "Step.THROTTLING"],
  ["SlowDown", 503, "Step.THROTTLING"],
  ["InternalFailure", 500, "Step.SERVICE_FAULT"],
  ["ResourceLimitExceeded", 400, "SageMaker.RESOURCE_LIMIT"],
  ["ValidationException", 400, undefined],
])("%s (%i) is a failure of kind %s", (name, status, kind) => {
  const { message, exception } = asFailure(service(name, status));
  expect({ message, exception }).toEqual({ message: `${name}: by the service`, exception: kind });
});

test("a failure of its own stays one while an execution stops; anything else is the stop", () => {
  const aborted = AbortSignal.abort();
  expect(isStop(killed(), aborted)).toBe(false);
  expect(isStop(aborted.reason, aborted)).toBe(true);
  expect(isStop(new Error("cut off"), never)).toBe(false);
});
