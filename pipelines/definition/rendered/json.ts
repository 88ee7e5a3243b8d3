import { scriptUri } from "../../../core/scripts";
import type { Json } from "../values";

export type JsonObject = Readonly<Record<string, Json>>;

/** A step as a definition has it, whoever rendered it. */
export interface RenderedStep {
  readonly Name: string;
  readonly Type: string;
  readonly Arguments: Json;
  readonly DependsOn?: readonly string[];
  readonly [key: string]: Json | undefined;
}

export interface RenderedParameter {
  readonly Name: string;
  readonly Type: string;
  readonly DefaultValue?: Json;
}

/** A pipeline definition as JSON. */
export interface RenderedDefinition {
  readonly Version: string;
  readonly Metadata?: Json;
  readonly Parameters: readonly RenderedParameter[];
  readonly PipelineExperimentConfig?: Json;
  /** SDK 3 writes null where nothing is tracked. */
  readonly MlflowConfig?: Json;
  readonly Steps: readonly RenderedStep[];
}

/** What stands at a path of keys; undefined where nothing does. */
export const valueAt = (value: Json | undefined, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>(
    (found, key) => (isObject(found) ? found[key] : undefined),
    value === null ? undefined : value,
  );

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The items of a list; none where there is no list. */
export const itemsOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];

/** A text that is known when the definition is made. */
export const textOf = (value: Json | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

/** As messages say what was got. */
export const told = (value: Json | undefined): string =>
  value === undefined ? "nothing" : JSON.stringify(value);

/** The steps that a condition leads to. */
export const branchesOf = ({ Type, Arguments }: RenderedStep): readonly RenderedStep[] =>
  Type === "Condition"
    ? ["IfSteps", "ElseSteps"].flatMap(
        (branch) => itemsOf(valueAt(Arguments, branch)) as unknown as RenderedStep[],
      )
    : [];

/** Every step of a list, those inside conditions included. */
export const allSteps = (steps: readonly RenderedStep[]): RenderedStep[] =>
  steps.flatMap((step) => [step, ...allSteps(branchesOf(step))]);

/** Everything in a step that may hold references, the steps inside it left out. */
export const contentOf = (step: RenderedStep): Json =>
  Object.entries(step).flatMap(([key, value]) => {
    if (value === undefined || ["Name", "Type", "DependsOn"].includes(key)) return [];
    return step.Type === "Condition" && key === "Arguments" ? (valueAt(value, "Conditions") ?? []) : [value];
  });

/** Every `Get` inside a value, at any depth: `Steps.Train.ModelArtifacts.S3ModelArtifacts`. */
export function referencesIn(value: Json | undefined): string[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(referencesIn);
  if (!isObject(value)) return [];
  if (typeof value.Get === "string" && Object.keys(value).length === 1) return [value.Get];
  return Object.values(value).flatMap(referencesIn);
}

/** URIs of scripts inside a value, also within longer texts: script mode hands them over as a hyperparameter. */
export function scriptsIn(value: Json | undefined): string[] {
  if (typeof value === "string") return [...value.matchAll(scriptUri)].map(([uri]) => uri);
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap((each: Json) => scriptsIn(each))
    : [];
}

/** The step that a reference is to; undefined where it is to none. */
export const stepOf = (reference: string): string | undefined => /^Steps\.([\w-]+)/.exec(reference)?.[1];

/** The parameter that a reference is to; undefined where it is to none. */
export const parameterOf = (reference: string): string | undefined =>
  /^Parameters\.([\w-]+)$/.exec(reference)?.[1];

/** The parameter that a value is the reference to. */
export const parameterIn = (value: Json | undefined): string | undefined =>
  isObject(value) && typeof value.Get === "string" ? parameterOf(value.Get) : undefined;
