import type { Json } from "../values";
import { isObject, itemsOf, parameterIn, textOf, valueAt } from "./json";

/**
 * The part of an S3 URI that is known when the definition is made: `s3://bucket/prefix` up to the first part that is
 * not. Undefined where not even the bucket is known.
 * @param parameters default values by name: a parameter stands for the folder that its default is in
 */
export function knownS3Prefix(
  uri: Json | undefined,
  parameters: ReadonlyMap<string, unknown>,
): string | undefined {
  if (typeof uri === "string") return uri;
  const known = knownStart(uri, parameters);
  return known !== undefined && /^s3:\/\/[^/]+\//.test(known) ? known : undefined;
}

function knownStart(value: Json | undefined, parameters: ReadonlyMap<string, unknown>): string | undefined {
  if (!isObject(value)) return undefined;
  const parameter = parameterIn(value);
  if (parameter !== undefined) {
    const fallback = parameters.get(parameter);
    return typeof fallback === "string" ? folderOf(fallback) : undefined;
  }
  return startOfJoin(
    textOf(valueAt(value, "Std:Join", "On")) ?? "",
    itemsOf(valueAt(value, "Std:Join", "Values")),
    parameters,
  );
}

function startOfJoin(
  separator: string,
  values: readonly Json[],
  parameters: ReadonlyMap<string, unknown>,
): string | undefined {
  const unknown = values.findIndex((value) => typeof value !== "string");
  if (unknown === 0) return knownStart(values[0], parameters);
  const known = values.slice(0, unknown === -1 ? undefined : unknown).flatMap((value) => textOf(value) ?? []);
  return [...known, ...(unknown === -1 ? [] : [""])].join(separator);
}

/** A parameter's default may be one file; runs may name others beside it. */
function folderOf(uri: string): string {
  if (uri.endsWith("/")) return uri;
  return /^s3:\/\/[^/]+$/.test(uri) ? `${uri}/` : uri.slice(0, uri.lastIndexOf("/") + 1);
}
