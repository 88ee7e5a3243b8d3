import type { Json } from "../values";
import { parameterIn, textOf, valueAt } from "./json";

/** Something outside of SageMaker that a step reaches: an S3 URI that it reads or writes, or an image that it pulls. */
export interface Use {
  readonly may: "read" | "write" | "pull";
  /** As the step's request calls it: `ProcessingInputs[rates].S3Input.S3Uri`. */
  readonly field: string;
  /** Undefined where the request leaves it out. */
  readonly value: Json | undefined;
}

/** Makes uses of the fields below a part of a request. */
const usesTo =
  (may: Use["may"]) =>
  (request: Json | undefined, path: readonly string[], place = ""): Use => ({
    may,
    field: place + path.join("."),
    value: valueAt(request, ...path),
  });

export const reads = usesTo("read");
export const writes = usesTo("write");
export const pulls = usesTo("pull");

/**
 * The code of a script, which its container brings itself: an archive in S3, or one that it has by other ways, which is none of this.
 * Hyperparameters are JSON, as AWS's SDK writes them.
 */
export function readsCode(request: Json | undefined, path: readonly string[], place = ""): Use[] {
  const use = reads(request, path, place);
  const value = textOf(use.value)?.replace(/^"(.*)"$/, "$1") ?? use.value;
  return value === undefined || (typeof value === "string" && !value.startsWith("s3://"))
    ? []
    : [{ ...use, value }];
}

/** What the uses of one sort are of. */
export const valuesOf = (uses: readonly Use[], sort: Use["may"]): (Json | undefined)[] =>
  uses.filter(({ may }) => may === sort).map(({ value }) => value);

/** An image as far as it is known: a parameter stands for its default, of which runs may name other tags. */
export function knownImage(
  value: Json | undefined,
  parameters: ReadonlyMap<string, unknown>,
): string | undefined {
  const parameter = parameterIn(value);
  const known = parameter === undefined ? textOf(value) : parameters.get(parameter);
  return typeof known === "string" ? known : undefined;
}
