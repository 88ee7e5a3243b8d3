import type { PlannedChange } from "../../terraform/messages";
import type { ResourceChange, Verb } from "../../terraform/plan-json";

const verbs: Readonly<Record<string, readonly Verb[]>> = {
  create: ["create"],
  read: ["read"],
  update: ["update"],
  replace: ["delete", "create"],
  delete: ["delete"],
  remove: ["forget"],
};

/**
 * The changes that Terraform announces while it plans, as its plan has them, but for the attributes and those that stay
 * as they are. It spares the provider's start that reading the saved plan takes.
 */
export const announcedChanges = (changes: readonly PlannedChange[]): ResourceChange[] =>
  changes.map(({ resource, previous_resource: previous, action, importing }) => ({
    address: resource.addr,
    ...(previous && { previous_address: previous.addr }),
    mode: resource.addr.startsWith("data.") ? "data" : "managed",
    type: resource.resource_type,
    change: {
      actions: verbs[action] ?? ["no-op"],
      before: null,
      after: null,
      ...(importing && { importing }),
    },
  }));
