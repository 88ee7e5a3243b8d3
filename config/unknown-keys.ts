import type { z } from "zod";
import { didYouMean } from "./suggest";

type Rule = (key: string, known: readonly string[]) => string;

const rules = new WeakMap<z.ZodType, Rule>();

/** Has a schema's unknown keys reported in words of its own. */
export function sayOfUnknownKeys(schema: z.ZodType, rule: Rule): void {
  rules.set(schema, rule);
}

/** What is said of a key that the object schema does not have. */
export const unknownKeyRule = (schema: z.ZodType | undefined): Rule =>
  (schema && rules.get(schema)) ??
  ((key, known) => `is not a known key${didYouMean(key, known) || ` (known here: ${known.join(", ")})`}`);
