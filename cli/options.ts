import { owners, type Owner } from "../deploy/estate/stack-facts";
import { UsageError } from "./errors";

/** Reads an option's value. @throws UsageError unless it is 1 or more, without a fraction */
export function positiveInteger(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`A count must be 1 or more, got: ${text}`);
  return Number(text);
}

/** Reads who applies stacks. @throws UsageError for anybody else */
export function ownerOption(text: string): Owner {
  const owner = owners.find((known) => known === text);
  if (!owner) throw new UsageError(`--owner must be ${owners.join(" or ")}, got: ${text}`);
  return owner;
}

/** Gathers an option that may be given several times. */
export const gather = (value: string, others: readonly string[] = []): string[] => [...others, value];
