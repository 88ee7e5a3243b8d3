import { conditionTypes, typesOf } from "../definition/conditions";
import type { StepDefinition } from "../definition/schema";
import { callback } from "./callback";
import { condition, fail } from "./control";
import { imageRefusal } from "./image-refusal";
import { lambda } from "./lambda";
import { processing } from "./processing";
import { qualityCheck } from "./quality-check";
import { recordsProblem } from "./records";
import { model, registerModel } from "./registry";
import type { StepKind } from "./step";
import { kinds, unsupportedArgument } from "./supported";
import { training } from "./training";
import { transform } from "./transform";
import { tuning } from "./tuning";

/** How each kind of step is run, by the definition's `Type`. */
export const stepKinds: Readonly<Record<string, StepKind>> = {
  Callback: callback,
  Condition: condition,
  Fail: fail,
  Lambda: lambda,
  Model: model,
  Processing: processing,
  QualityCheck: qualityCheck,
  RegisterModel: registerModel,
  Training: training,
  Transform: transform,
  Tuning: tuning,
};

/** Why the runner cannot run a step, if it cannot; what references stand for is known only when the step runs. */
export function refusal(step: StepDefinition): string | undefined {
  const { Name, Type, Arguments } = step;
  if (!kinds.includes(Type)) return `Step ${Name} is of kind ${Type}; the runner has ${kinds.join(", ")}`;
  if (Type === "Condition") return conditionRefusal(Name, (Arguments.Conditions ?? []) as readonly unknown[]);
  return unsupportedArgument(step) ?? recordsRefusal(step) ?? imageRefusal(Name, Type, Arguments);
}

function recordsRefusal({ Name, Type, Arguments }: StepDefinition): string | undefined {
  const problem = Type === "Transform" ? recordsProblem(Arguments) : undefined;
  return problem && `Step ${Name}: ${problem}`;
}

function conditionRefusal(step: string, conditions: readonly unknown[]): string | undefined {
  const unknown = typesOf(conditions).find((type) => !conditionTypes.includes(type));
  return (
    unknown && `Step ${step} has a condition of kind ${unknown}; the runner has ${conditionTypes.join(", ")}`
  );
}
