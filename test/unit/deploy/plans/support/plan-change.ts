import type {
  Change,
  Json,
  Marks,
  PlanJson,
  ResourceChange,
} from "../../../../../deploy/terraform/plan-json";
import { summariseAnnounced, type StackName, type StackSummary } from "../../../../../deploy/plans/summary";

export const stackName: StackName = { stack: "prod-model", environment: "prod", account: "222222222222" };

type Parts = Partial<Omit<Change, "before" | "after">>;

/** A resource's change in a plan. */
export const resource = (
  address: string,
  change: Change,
  more: Partial<ResourceChange> = {},
): ResourceChange => ({ address, mode: "managed", type: address.split(".")[0] ?? "", change, ...more });

export const created = (after: Json, after_sensitive?: Marks, parts: Parts = {}): Change => ({
  actions: ["create"],
  before: null,
  after,
  ...(after_sensitive !== undefined && { after_sensitive }),
  ...parts,
});

export const updated = (before: Json, after: Json, parts: Parts = {}): Change => ({
  actions: ["update"],
  before,
  after,
  ...parts,
});

export const planOf = (...resource_changes: ResourceChange[]): PlanJson => ({
  terraform_version: "1.11.4",
  resource_changes,
});

/** The summary of a plan that changes nothing. */
export const unchanged = (stack: StackName, resources: number): StackSummary =>
  summariseAnnounced(stack, [], resources);
