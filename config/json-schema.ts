import { z } from "zod";
import { account, shared } from "./schema";

/** The JSON Schema that `$schema` in every environment file refers to, for completion and hovers in editors. */
export function environmentJsonSchema(): string {
  const schema = z.toJSONSchema(z.union([account, shared]), { io: "input" });
  return `${JSON.stringify({ title: "Environment files", ...schema }, undefined, 2)}\n`;
}
