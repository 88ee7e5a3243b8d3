import { RunnerSandbox } from "../support/runner-sandbox";
import { shellStep } from "../support/shell-step";
import { outOfOrder, refusal, throttling, type Fault } from "../support/wire/faults";
import { WireProxy } from "../support/wire/proxy";
import type { WireRequest } from "../support/wire/request";

const sandbox = new RunnerSandbox();
let wire: WireProxy;
beforeAll(() =>
  sandbox.start(async (endpoint) => {
    wire = await WireProxy.start(endpoint);
    return { AWS_ENDPOINT_URL: wire.endpoint };
  }),
);
afterAll(async () => {
  await sandbox.stop();
  wire.stop();
});

const action = "CreateProcessingJob";
const asked = { service: "sagemaker", action };
/** The next calls for a pipeline's job fail, one for each fault. */
const inject = (pipeline: string, ...faults: readonly Fault[]): void => {
  const where = ({ body }: WireRequest) => body.includes(`: ${pipeline};`);
  for (const fault of faults) wire.fail({ ...asked, where }, fault, 1);
};
const quickly = { IntervalSeconds: 0.05, BackoffRate: 1 };

/** Runs a pipeline of one step, and counts the jobs it asked for. */
async function run(name: string, commands: string, RetryPolicies?: readonly object[]) {
  const step = shellStep("Only", `: ${name}; ${commands}`, RetryPolicies && { RetryPolicies });
  await sandbox.deploy(name, { Steps: [step] });
  const before = wire.seen(asked).length;
  const { status, steps, arn } = await sandbox.run(name);
  const { StepStatus, AttemptCount, FailureReason } = steps.Only ?? {};
  return {
    arn,
    status,
    step: { StepStatus, AttemptCount, FailureReason },
    calls: wire.seen(asked).length - before,
  };
}

test("throttling and faults of a service are tried again without any policy", async () => {
  inject("one", throttling);
  inject("other", outOfOrder);
  const ends = await Promise.all(["one", "other"].map((name) => run(name, "true")));
  for (const { status, step } of ends) {
    expect(status).toBe("Succeeded");
    expect(step).toEqual({ StepStatus: "Succeeded", AttemptCount: 2, FailureReason: undefined });
  }
});

test("MaxAttempts is how often a failed step is tried again", async () => {
  inject("limited", throttling, throttling, throttling);
  const { status, step, calls } = await run("limited", "true", [
    { ExceptionType: ["Step.THROTTLING"], MaxAttempts: 2, ...quickly },
  ]);
  expect({ status, calls }).toEqual({ status: "Failed", calls: 3 });
  expect(step).toEqual({
    StepStatus: "Failed",
    AttemptCount: 3,
    FailureReason: "ThrottlingException: Rate exceeded",
  });
});

test("a policy of MaxAttempts 0 turns off what is tried again by itself", async () => {
  inject("never", throttling);
  const policy = { ExceptionType: ["Step.THROTTLING"], MaxAttempts: 0, ...quickly };
  expect(await run("never", "true", [policy])).toMatchObject({ status: "Failed", calls: 1 });
});

test("a policy for one kind of failure leaves another alone", async () => {
  const policy = { ExceptionType: ["SageMaker.RESOURCE_LIMIT"], MaxAttempts: 3, ...quickly };
  const limit = refusal("ResourceLimitExceeded", "no more of these", 400);
  inject("limits", limit, limit);
  expect(await run("limits", "true", [policy])).toMatchObject({ status: "Succeeded", calls: 3 });
  inject("limits", refusal("ValidationException", "no", 400));
  expect(await run("limits", "true", [policy])).toMatchObject({ status: "Failed", calls: 1 });
});

test("a job whose container is killed is an internal error, tried again in an empty folder", async () => {
  const policy = { ExceptionType: ["SageMaker.JOB_INTERNAL_ERROR"], MaxAttempts: 2, ...quickly };
  const { status, step, calls } = await run(
    "killed",
    "test ! -e /opt/ml/processing/mark || exit 9; touch /opt/ml/processing/mark; kill -9 $$",
    [policy],
  );
  expect({ status, calls }).toEqual({ status: "Failed", calls: 3 });
  expect(step).toEqual({
    StepStatus: "Failed",
    AttemptCount: 3,
    FailureReason: "InternalServerError: the container was ended by SIGKILL",
  });
});

test("a script that fails is not tried again, whatever the policies say", async () => {
  const everything = ["Step.SERVICE_FAULT", "Step.THROTTLING", "SageMaker.JOB_INTERNAL_ERROR"];
  const { step, calls } = await run("algorithm", "exit 4", [
    { ExceptionType: everything, MaxAttempts: 3, ...quickly },
  ]);
  expect(calls).toBe(1);
  expect(step).toMatchObject({ AttemptCount: 1, FailureReason: "AlgorithmError: , exit code: 4" });
});
