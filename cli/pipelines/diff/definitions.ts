import { isDeepStrictEqual } from "node:util";
import { attributeChanges, type AttributeChange } from "../../../deploy/plans/summary/attribute-changes";
import {
  allSteps,
  branchesOf,
  itemsOf,
  valueAt,
  type JsonObject,
  type RenderedDefinition,
  type RenderedStep,
} from "../../../pipelines/definition/rendered/json";
import type { Json } from "../../../pipelines/definition/values";

/** A step that is not the same on both sides. */
export interface StepDifference {
  readonly step: string;
  /** `Processing`, `Training`, …; of one that has another kind now, what it is in the code. */
  readonly kind: string;
  readonly change: "added" | "removed" | "changed";
  /** `before` is what is deployed, `after` what the code makes; none of a step that is added or removed. */
  readonly fields: readonly AttributeChange[];
}

/** How a deployed definition differs from the one that the code makes. */
export interface DefinitionDifference {
  /** Parameters and what else is no step's. */
  readonly definition: readonly AttributeChange[];
  readonly steps: readonly StepDifference[];
}

/** Compares two definitions step by step, those within conditions too. */
export function differenceOf(deployed: Json, made: Json): DefinitionDifference {
  const [old, current] = [stepsOf(deployed), stepsOf(made)];
  const names = [...new Set([...old.keys(), ...current.keys()])];
  return {
    definition: fieldsOf(withoutSteps(deployed, old, current), withoutSteps(made, current, old)),
    steps: names.flatMap((name) => stepDifference(name, old.get(name), current.get(name))),
  };
}

export const isSame = ({ definition, steps }: DefinitionDifference): boolean =>
  definition.length + steps.length === 0;

type Steps = ReadonlyMap<string, RenderedStep>;

const stepsOf = (definition: Json): Steps =>
  new Map(
    allSteps(itemsOf(valueAt(definition, "Steps")) as unknown as RenderedStep[]).map((step) => [
      step.Name,
      step,
    ]),
  );

/** The order of steps counts where they are the same ones: it is that of the graph in Studio. */
function withoutSteps(definition: Json, own: Steps, others: Steps): JsonObject {
  const { Steps: steps, ...rest } = definition as unknown as RenderedDefinition;
  const alike = own.size === others.size && [...own.keys()].every((name) => others.has(name));
  return { ...rest, ...(alike && { Steps: namesOf(steps) }) } as unknown as JsonObject;
}

const namesOf = (steps: readonly RenderedStep[]): string[] => steps.map(({ Name }) => Name);

function stepDifference(
  name: string,
  deployed: RenderedStep | undefined,
  made: RenderedStep | undefined,
): StepDifference[] {
  const kind = (made ?? deployed)?.Type ?? "";
  if (!deployed || !made) return [{ step: name, kind, change: deployed ? "removed" : "added", fields: [] }];
  const fields = fieldsOf(withBranchesNamed(deployed), withBranchesNamed(made));
  return fields.length === 0 ? [] : [{ step: name, kind, change: "changed", fields }];
}

/** A condition with the names of the steps that it leads to: what is in these is theirs. */
function withBranchesNamed(step: RenderedStep): JsonObject {
  const content = step as JsonObject;
  if (branchesOf(step).length === 0) return content;
  const named = (branch: string) =>
    namesOf(itemsOf(valueAt(step.Arguments, branch)) as unknown as RenderedStep[]);
  return {
    ...content,
    Arguments: {
      ...(step.Arguments as JsonObject),
      IfSteps: named("IfSteps"),
      ElseSteps: named("ElseSteps"),
    },
  };
}

const fieldsOf = (before: JsonObject, after: JsonObject): AttributeChange[] =>
  isDeepStrictEqual(before, after) ? [] : attributeChanges({ actions: ["update"], before, after });
