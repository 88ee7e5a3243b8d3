/** Prefix of a stack's state and lock in the state bucket. */
export const statePrefix = (stack: string): string => `${stack}/`;

/** Where a stack keeps its state in the state bucket; its lock is a file beside it. */
export const stateKey = (stack: string): string => `${statePrefix(stack)}terraform.tfstate`;

/** Terraform lists its workspaces here at every init, although we have none. */
export const workspacePrefix = "env:/";
