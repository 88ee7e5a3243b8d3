import type { AttributeChange } from "../plans/summary/attribute-changes";
import type { ConfiguredResource } from "../terraform/plan-json";
import type { UnmanagedMember } from "./unmanaged-policies";

/** A text as one word of a shell. */
const word = (text: string): string =>
  /^[\w+=,.@:/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** What to do about a resource that is gone. */
export const remedyForGone = (stack: string): string =>
  `an apply makes it again, without what it held: mlops plan ${stack} --out DIR, then mlops apply --from DIR`;

/**
 * What to do about attributes that somebody has changed: an apply gives back those that the code sets, and no others.
 * @param configured the resource as the code has it
 */
export function remediesForChanged(
  stack: string,
  attributes: readonly AttributeChange[],
  configured: ConfiguredResource | undefined,
): string[] {
  const names = [...new Set(attributes.map(({ path }) => /^[^.[]*/.exec(path)?.[0] ?? path))];
  const set = names.filter((name) => isSet(name, configured));
  const others = names.filter((name) => !set.includes(name));
  return [
    ...(set.length > 0
      ? [
          `an apply puts back ${set.join(", ")}: mlops plan ${stack} --out DIR, then mlops apply --from DIR; ` +
            "or change the code, to keep it",
        ]
      : []),
    ...(others.length > 0
      ? [
          `the code does not set ${others.join(", ")}, so no apply puts it back: change it back by hand, or set it in ` +
            "the code; the next apply takes it into the state",
        ]
      : []),
  ];
}

/** The provider adds the tags of all resources of a stack to each one's own. */
const isSet = (name: string, configured: ConfiguredResource | undefined): boolean =>
  name === "tags" || name === "tags_all" || Object.hasOwn(configured?.expressions ?? {}, name);

/** What to do about a policy that no resource of the stack has put on a role: no apply ever takes it off. */
export function remedyForUnmanaged({ owner, list, name }: UnmanagedMember): string {
  const command =
    list === "inline_policy"
      ? `aws iam delete-role-policy --role-name ${word(owner)} --policy-name ${word(name)}`
      : `aws iam detach-role-policy --role-name ${word(owner)} --policy-arn ${word(name)}`;
  return `no apply takes it off: ${command}; or put it into the code, to keep it`;
}
