import { allHold } from "../definition/conditions";
import { resolve } from "../definition/resolve";
import { StepFailure } from "../execution/failure";
import type { StepContext, StepResult } from "./step";

/**
 * Chooses a branch. The outcome is a Boolean to those who read it: joined as text it is "true" or "false".
 * https://github.com/aws/sagemaker-python-sdk/blob/v2.257.1/tests/integ/sagemaker/workflow/test_fail_steps.py
 */
export async function condition({ definition, scope }: StepContext): Promise<StepResult> {
  const holds = await allHold((definition.Arguments.Conditions ?? []) as readonly unknown[], scope);
  return {
    metadata: { Condition: { Outcome: holds ? "True" : "False" } },
    properties: { Outcome: holds },
    branch: holds ? "if" : "else",
  };
}

/** Ends the whole execution with a message. */
export class ExecutionFailed extends StepFailure {}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-fail */
export async function fail({ definition, scope, showMetadata }: StepContext): Promise<never> {
  const ErrorMessage = String(await resolve(definition.Arguments.ErrorMessage ?? "", scope));
  await showMetadata({ Fail: { ErrorMessage } });
  throw new ExecutionFailed(ErrorMessage);
}
