import type { AccountRegion } from "../../../core/arns";
import { sagemakerArn } from "../permissions";
import type { Json } from "../values";
import { isObject, itemsOf, stepOf, textOf, told, valueAt } from "./json";

/** What pipelines make beside jobs has names that begin so, as SageMaker names their models: stacks have no such names. */
const ofPipelines = "pipelines-";

/**
 * A name as far as it is known, as a pattern in ARNs: `scorer`, or `scorer-*` where a run says the rest.
 * @throws Error where not even its beginning is known
 */
export function namePattern(field: string, value: Json | undefined): string {
  const name = startOf(value);
  if (name === undefined || name === "*")
    throw new Error(`${field} must be known beforehand, at least how it begins, got: ${told(value)}`);
  // SageMaker's ARNs are in small letters, whatever the name is.
  return name.toLowerCase();
}

/**
 * The same of a name that pipelines may give. What another step made has one.
 * @throws Error where it begins otherwise
 */
export function namedByPipelines(field: string, value: Json | undefined): string {
  if (isOfStep(value)) return `${ofPipelines}*`;
  const name = namePattern(field, value);
  if (name.startsWith(ofPipelines)) return name;
  throw new Error(
    `${field} must begin with ${ofPipelines}, for other names are the stacks', got: ${told(value)}`,
  );
}

/** ARNs of models that are served: those by name, and those that pipelines make. @throws Error where a run says which */
export function servedModelArns(
  scope: AccountRegion,
  field: string,
  models: readonly (Json | undefined)[],
): string[] {
  const names = models.map((model) => (isOfStep(model) ? `${ofPipelines}*` : namePattern(field, model)));
  return [...new Set(names)].map((name) => sagemakerArn(scope, `model/${name}`));
}

const isOfStep = (value: Json | undefined): boolean =>
  isObject(value) && typeof value.Get === "string" && stepOf(value.Get) !== undefined;

function startOf(value: Json | undefined): string | undefined {
  const text = textOf(value);
  if (text !== undefined) return text;
  const parts = itemsOf(valueAt(value, "Std:Join", "Values"));
  const unknown = parts.findIndex((part) => typeof part !== "string");
  if (parts.length === 0 || unknown === 0) return undefined;
  const on = textOf(valueAt(value, "Std:Join", "On")) ?? "";
  const known = parts.slice(0, unknown === -1 ? undefined : unknown).flatMap((part) => textOf(part) ?? []);
  return unknown === -1 ? known.join(on) : `${[...known, ""].join(on)}*`;
}
