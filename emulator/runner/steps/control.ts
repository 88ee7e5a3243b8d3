import { allHold } from "../definition/conditions";
import { resolve } from "../definition/resolve";
import { StepFailure } from "../execution/failure";
import type { StepContext, StepResult } from "./step";

/** Chooses a branch. */
export async function condition({ definition, scope }: StepContext): Promise<StepResult> {
  const holds = await allHold((definition.Arguments.Conditions ?? []) as readonly unknown[], scope);
  const outcome = { Outcome: holds ? "True" : "False" };
  return { metadata: { Condition: outcome }, properties: outcome, branch: holds ? "if" : "else" };
}

/** Ends the whole execution with a message. */
export class ExecutionFailed extends StepFailure {}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-fail */
export async function fail({ definition, scope }: StepContext): Promise<never> {
  throw new ExecutionFailed(String(await resolve(definition.Arguments.ErrorMessage ?? "", scope)));
}
