import { z } from "zod";
import { accountSchema } from "./account-schema";
import type { Known } from "./known";
import { sharedSchema } from "./schema";

/**
 * The JSON Schema that `$schema` in every environment file names, as text: editors complete keys, show what each does
 * and mark mistakes with it. What needs more than one file is checked by `mlops validate` alone.
 */
export function environmentJsonSchema(known: Known): string {
  const { $schema, ...schema } = z.toJSONSchema(z.union([...accountSchema(known).options, sharedSchema]), {
    io: "input",
  });
  const title = "Environment file: one account, or what all accounts share";
  return `${JSON.stringify({ $schema, title, ...schema }, undefined, 2)}\n`;
}
