import type { Affected } from "../affected";
import type { StackFailure } from "../estate/stack-runner";
import type { Rollout } from "./rollout";

/** What there is to say of a plan beyond what it plans. */
export interface PlanSurroundings {
  /** Why these stacks, where a change says which. */
  readonly affected?: Affected | undefined;
  /** All stacks that the change concerns, in their order. @default none */
  readonly rollout?: Rollout;
  /** Stacks that are not planned with the others, each with the reason. @default none */
  readonly leftOut?: readonly StackFailure[];
  /** Ids of stacks that stand although the code has them no more. @default none, or nobody looked */
  readonly removed?: readonly string[];
}
