import type { StepDefinition } from "../../../../emulator/runner/definition/schema";

/** A definition's text. */
export const text = (definition: object): string => JSON.stringify({ Version: "2020-12-01", ...definition });

/** A step of no kind in particular. */
export const step = (Name: string, more: object = {}): object => ({
  Name,
  Type: "Processing",
  Arguments: {},
  ...more,
});

export const allowed = (): undefined => undefined;
export const refuseSpark = ({ Name, Type }: StepDefinition): string | undefined =>
  Type === "Spark" ? `Step ${Name} is Spark` : undefined;
