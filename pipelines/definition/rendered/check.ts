import { mistypedArguments } from "../argument-types";
import {
  allSteps,
  contentOf,
  parameterOf,
  referencesIn,
  told,
  type RenderedDefinition,
  type RenderedStep,
} from "./json";
import type { DerivedKind } from "./kind";
import { kindNames, kindOf } from "./kinds";
import { circleIn, stepsBefore } from "./order";

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePipeline.html */
const definitionLimit = 1_048_576;
const namePattern = /^[A-Za-z0-9](?:-*[A-Za-z0-9]){0,255}$/;

/**
 * What SageMaker, or what follows from a definition here, would not take.
 * @param text the definition as it is deployed
 * @throws Error that names pipeline and step
 */
export function checkDefinition(name: string, definition: RenderedDefinition, text: string): void {
  if (!namePattern.test(name))
    throw new Error(`pipeline name must be 1 to 256 letters, digits and inner dashes, got: "${name}"`);
  const steps = allSteps(definition.Steps);
  const circle = () => circleIn(definition.Steps);
  const faults = [
    () => twice("step", steps),
    () => twice("parameter", definition.Parameters),
    () => firstOf(steps, (step) => stranger(step, steps, definition) ?? unknownKind(step)),
    () => circle() && `steps wait for each other: ${circle()?.join(" → ")}`,
    () => (steps.length === 0 ? "must have at least one step" : undefined),
    () => tracked(definition),
    () => mistypedArguments(definition).join("; ") || undefined,
    () => (text.length > definitionLimit ? excess(steps, text) : undefined),
  ];
  const fault = firstOf(faults, (find) => find());
  if (fault !== undefined) throw pipelineError(name, fault);
}

/** @throws Error where nobody has said what steps of this kind need */
export function derivedKind(pipeline: string, step: RenderedStep): DerivedKind {
  const kind = kindOf(step.Type);
  if (!kind) throw pipelineError(pipeline, unknownKind(step) ?? "");
  return kind;
}

export const pipelineError = (name: string, problem: string, cause?: unknown): Error =>
  new Error(`pipeline ${name}: ${problem}`, { cause });

const unknownKind = ({ Name, Type }: RenderedStep): string | undefined =>
  kindOf(Type)
    ? undefined
    : `step ${Name} must be of a kind whose permissions are known (${kindNames.join(", ")}), got: ${Type}`;

const tracked = ({ MlflowConfig }: RenderedDefinition): string | undefined =>
  MlflowConfig
    ? `MlflowConfig must be left out: nobody has said what its role needs for MLflow, got: ${told(MlflowConfig)}`
    : undefined;

function twice(what: string, named: readonly { readonly Name: string }[]): string | undefined {
  const names = named.map(({ Name }) => Name);
  const duplicate = names.find((name, index) => names.indexOf(name) !== index);
  return duplicate === undefined ? undefined : `${what} ${duplicate} stands twice`;
}

function stranger(
  step: RenderedStep,
  steps: readonly RenderedStep[],
  { Parameters }: RenderedDefinition,
): string | undefined {
  const refers = (what: string) => `step ${step.Name} refers to ${what}, which is not in the pipeline`;
  const before = stepsBefore(step).find((name) => !steps.some(({ Name }) => Name === name));
  if (before !== undefined) return refers(`step ${before}`);
  const parameter = referencesIn(contentOf(step))
    .flatMap((reference) => parameterOf(reference) ?? [])
    .find((name) => !Parameters.some(({ Name }) => Name === name));
  return parameter === undefined ? undefined : refers(`parameter ${parameter}`);
}

function excess(steps: readonly RenderedStep[], text: string): string {
  const length = (step: RenderedStep): number => JSON.stringify(contentOf(step)).length;
  const [longest] = steps.toSorted((a, b) => length(b) - length(a));
  return (
    `definition must be at most ${definitionLimit} characters, got: ${text.length}; ` +
    `its longest step is ${longest?.Name ?? "none"}`
  );
}

function firstOf<Item>(items: readonly Item[], find: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
