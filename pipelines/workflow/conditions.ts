import type { Json } from "../definition/values";
import type { Reference } from "./values";

/** What a choice decides by. https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html */
export type Condition = Readonly<Record<string, Json>>;

const compared = (left: Reference, operator: string, right: Json): Condition => ({
  Variable: left.expression,
  [operator]: right,
});

/** Whether it is there and equal, of the same type too: comparing what is not there would end the execution. */
export const equals = (left: Reference, right: string | number | boolean): Condition =>
  and(isPresent(left), compared(left, `${typeNames[typeof right as keyof typeof typeNames]}Equals`, right));

const typeNames = { string: "String", number: "Numeric", boolean: "Boolean" } as const;

/** Whether two texts are there and equal. */
export const same = (left: Reference, right: Reference): Condition =>
  and(isPresent(left), isPresent(right), compared(left, "StringEqualsPath", right.expression));

/** Whether it is a number that is there and at least so large. */
export const atLeast = (left: Reference, right: number): Condition =>
  and(isPresent(left), compared(left, "NumericGreaterThanEquals", right));

export const isPresent = (value: Reference): Condition => compared(value, "IsPresent", true);
export const isText = (value: Reference): Condition =>
  and(isPresent(value), compared(value, "IsString", true));

export const and = (...conditions: readonly Condition[]): Condition => ({ And: conditions });
export const or = (...conditions: readonly Condition[]): Condition => ({ Or: conditions });
export const not = (condition: Condition): Condition => ({ Not: condition });
