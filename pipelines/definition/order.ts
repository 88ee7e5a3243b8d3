import type { Step } from "./step";
import { ParameterReference, referencesIn, type NamedStep } from "./values";

/** Every step of a list, those inside conditions included. */
export const allSteps = (steps: readonly Step[]): Step[] =>
  steps.flatMap((step) => [step, ...allSteps(step.nested())]);

/** The steps a step refers to or depends on. */
export function stepsBefore(step: Step): NamedStep[] {
  const references = referencesIn(step.content()).flatMap((reference) =>
    reference instanceof ParameterReference ? [] : [reference.step],
  );
  return [...references, ...step.dependsOn];
}
