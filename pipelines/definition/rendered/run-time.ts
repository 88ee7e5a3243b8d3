import type { Json } from "../values";
import { isObject, itemsOf, parameterIn, stepOf, textOf, valueAt, type RenderedStep } from "./json";
import { kindOf } from "./kinds";
import { knownS3Prefix } from "./known-uri";
import type { OwnStatement } from "./own-statement";
import { knownImage, type Use } from "./uses";

/** Something that a step reaches, and that only a run says. */
export interface RunTimeNeed extends Pick<Use, "may" | "field"> {
  readonly step: string;
  /** What says it: `Parameters.Rates`, `Steps.Ask.OutputParameters['uri']`. */
  readonly from: string;
  /** How far, and why, the role may; undefined where nothing says that it may. */
  readonly allowed: string | undefined;
}

/** What needs of a run are judged by. */
export interface KnownBeforehand {
  readonly steps: readonly RenderedStep[];
  /** Default values by name. */
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly own: readonly OwnStatement[];
  /** ARNs of the functions that answer with files and images of the model's versions. */
  readonly versionFunctions: readonly string[];
}

/** What a step needs that its definition leaves to the run. What another job gives is not among it: that job may write it, and be read. */
export const runTimeNeeds = (step: RenderedStep, known: KnownBeforehand): RunTimeNeed[] =>
  (kindOf(step.Type)?.uses?.(step) ?? []).flatMap((use) => {
    const from = originOf(use.value);
    if (from === undefined || isDerived(use, from, known)) return [];
    return [
      { step: step.Name, may: use.may, field: use.field, from, allowed: allowed(step, use, from, known) },
    ];
  });

/** The first part that only the run knows; undefined where all is known, or nothing is there. */
function originOf(value: Json | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  const file = textOf(valueAt(value, "Std:JsonGet", "PropertyFile", "Get"));
  return (
    textOf(value.Get) ??
    file ??
    itemsOf(valueAt(value, "Std:Join", "Values"))
      .map(originOf)
      .find((origin) => origin !== undefined)
  );
}

function isDerived({ may, value }: Use, from: string, { steps, parameters }: KnownBeforehand): boolean {
  const begins = beginsWith(value);
  if (may !== "pull" && knownS3Prefix(value, parameters) !== undefined)
    return parameterIn(begins) === undefined;
  const kind = steps.find(({ Name }) => Name === stepOf(from))?.Type;
  return kind !== undefined && !["Lambda", "Callback"].includes(kind) && !from.includes(".PropertyFiles.");
}

/** The first part of a text that is joined. */
const beginsWith = (value: Json | undefined): Json | undefined => {
  const [first] = itemsOf(valueAt(value, "Std:Join", "Values"));
  return first === undefined ? value : beginsWith(first);
};

const actions: Readonly<Record<Use["may"], string>> = {
  read: "s3:GetObject",
  write: "s3:PutObject",
  pull: "ecr:BatchGetImage",
};

function allowed(step: RenderedStep, use: Use, from: string, known: KnownBeforehand): string | undefined {
  const own = known.own.find(
    ({ steps, actions: allow }) => steps.includes(step.Name) && allow.includes(actions[use.may]),
  );
  if (own) return `as model.json asks: ${own.reason}`;
  const [image, folder] = [
    knownImage(use.value, known.parameters),
    knownS3Prefix(use.value, known.parameters),
  ];
  if (use.may === "pull" && image !== undefined) return `images of ${image.replace(/[:@][^/]*$/, "")}`;
  if (use.may !== "pull" && folder !== undefined) return `what is below ${folder}`;
  const lambda = known.steps.find(({ Name }) => Name === stepOf(from))?.FunctionArn;
  const versions = use.may !== "write" && known.versionFunctions.includes(textOf(lambda) ?? "");
  return versions ? "versions of the model" : undefined;
}
