import type { Json } from "../../terraform/plan-json";
import { isList, isObject, type JsonObject } from "./values";

/**
 * Whether a change of it is shown among all that stays, because each line counts: a statement of a policy (who may do
 * what), an event pattern (which events are taken).
 * @param key the attribute, or the key of the list that it is in
 */
export const isShownWhole = (key: string, ...values: readonly (Json | undefined)[]): boolean =>
  (key === "Statement" || key === "event_pattern") &&
  values.every((value) => value === undefined || value === null || isObject(value));

/** A policy with its statements in a list: IAM takes a single one without. */
export function withStatementList(value: JsonObject): JsonObject {
  const { Statement: statement = [] } = value;
  return isList(statement) || !isObject(statement) ? value : { ...value, Statement: [statement] };
}
