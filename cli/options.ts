import { appliers, type Applier } from "../stacks/kind";
import { UsageError } from "./errors";

/** Reads an option's value. @throws UsageError unless it is 1 or more, without a fraction */
export function positiveInteger(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`A count must be 1 or more, got: ${text}`);
  return Number(text);
}

/** Reads who applies stacks. @throws UsageError for anybody else */
export function applierOption(text: string): Applier {
  const applier = appliers.find((known) => known === text);
  if (!applier) throw new UsageError(`--applied-by must be ${appliers.join(" or ")}, got: ${text}`);
  return applier;
}

/** Gathers an option that may be given several times. */
export const gather = (value: string, others: readonly string[] = []): string[] => [...others, value];
