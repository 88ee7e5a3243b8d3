/** Prefix of a stack's state and lock in the state bucket. */
export const statePrefix = (stack: string): string => `${stack}/`;

/** Where a stack keeps its state in the state bucket; its lock is a file beside it. */
export const stateKey = (stack: string): string => `${statePrefix(stack)}terraform.tfstate`;

/** Where it is on record what was applied last to a stack, and who approved it. */
export const recordKey = (stack: string): string => `${statePrefix(stack)}applied.json`;

/**
 * The stack whose state a key of the bucket is; undefined for any other key. Whoever may write to the bucket chooses keys,
 * and an id names a folder: none has a dot, or anything that a terminal would act upon.
 */
export const stackOfStateKey = (key: string): string | undefined =>
  /^([a-z0-9][a-z0-9-]*)\/terraform\.tfstate$/.exec(key)?.[1];

/** Terraform lists its workspaces here at every init, although we have none. */
export const workspacePrefix = "env:/";
