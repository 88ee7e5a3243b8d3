import { managedByAdministrators, nothingByHand, type StackKind } from "./kind";

/**
 * A stack that the code has no more, and whose state still stands. Nothing lists it and nothing makes it: it is found in its
 * account's state bucket, and all there is to do with it is to destroy what it holds.
 */
export const removedKind: StackKind = {
  kind: "removed",
  title: "removed stacks",
  in: "every",
  wave: "workload",
  settings: undefined,
  rules: [],
  instances: () => [],
  create: () => undefined,
  appliedBy: () => "administrator",
  contents: () => ["what the code has no more"],
  links: () => [],
  needs: () => [],
  byHand: () => nothingByHand,
  manages: () => managedByAdministrators,
};
