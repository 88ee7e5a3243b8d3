import { physicalNames } from "../../core/physical-names";
import { addressOf, type StateResource } from "../terraform/state-json";

/** Addresses of those whose ARN or name is said in a text, in a policy or a definition, too. */
export const saidIn = (going: readonly StateResource[], text: string): string[] =>
  going
    .filter(({ type, instances }) =>
      instances.some(({ attributes = {} }) => {
        const { arn } = attributes;
        if (typeof arn !== "string") return false; // a part of another resource
        const name = nameOf(type, attributes);
        return isSaid(arn, text) || (name !== undefined && isSaid(name, text, /(s3:\/\/|[^\w+=,.@/:-])$/));
      }),
    )
    .map(addressOf);

/** Undefined where it has none of its own, or one of several parts. */
function nameOf(type: string, attributes: Readonly<Record<string, unknown>>): string | undefined {
  const named = physicalNames[type];
  if (named === undefined || named === "unnamed" || named.by.length !== 1) return undefined;
  const name = attributes[named.by[0] ?? ""];
  return typeof name === "string" && name !== "" ? name : undefined;
}

/**
 * Not as a part of another name.
 * @param before the end of what it has to follow. @default anything
 */
const isSaid = (name: string, text: string, before = /$/): boolean =>
  text
    .split(name)
    .some(
      (rest, index, parts) => index > 0 && before.test(parts[index - 1] ?? "") && !/^[\w+=,.@-]/.test(rest),
    );
