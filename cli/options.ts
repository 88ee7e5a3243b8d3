import { UsageError } from "./errors";

/** Reads an option's value. @throws UsageError unless it is 1 or more, without a fraction */
export function positiveInteger(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`A count must be 1 or more, got: ${text}`);
  return Number(text);
}
