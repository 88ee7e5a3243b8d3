import type { ResourceChange } from "../../terraform/plan-json";

/** What a plan does to a resource. A moved resource is the same one under another address; a forgotten one stays. */
export const actions = ["create", "change", "replace", "destroy", "import", "move", "forget"] as const;
export type Action = (typeof actions)[number];

/** How many resources a plan does what to. */
export type Counts = Readonly<Record<Action | "unchanged", number>>;

/** What is done to a resource; undefined where nothing is, and for a data source. */
export function actionOf({ mode, change, previous_address }: ResourceChange): Action | undefined {
  if (mode !== "managed") return undefined;
  const verbs = new Set(change.actions);
  if (verbs.has("delete")) return verbs.has("create") ? "replace" : "destroy";
  if (verbs.has("forget")) return verbs.has("create") ? "replace" : "forget";
  if (verbs.has("create")) return "create";
  if (verbs.has("update")) return "change";
  if (change.importing) return "import";
  return previous_address === undefined ? undefined : "move";
}

const noCounts: Counts = {
  create: 0,
  change: 0,
  replace: 0,
  destroy: 0,
  import: 0,
  move: 0,
  forget: 0,
  unchanged: 0,
};

/** Counts what a plan does, resource by resource. */
export function countActions(changes: readonly ResourceChange[]): Counts {
  const counts: Record<keyof Counts, number> = { ...noCounts };
  for (const change of changes) if (change.mode === "managed") counts[actionOf(change) ?? "unchanged"] += 1;
  return counts;
}

/** Terraform's reasons that people need to know; the others are plain from the action. */
const reasons: Readonly<Record<string, string>> = {
  replace_because_tainted: "an earlier apply left it half made",
  replace_by_request: "asked for",
  replace_by_triggers: "another resource that it follows is replaced",
  delete_because_no_resource_config: "no longer in the code",
  delete_because_wrong_repetition: "no longer in the code",
  delete_because_count_index: "no longer in the code",
  delete_because_each_key: "no longer in the code",
  delete_because_no_module: "no longer in the code",
  delete_because_no_move_target: "moved to an address that is not in the code",
};

/** Why a resource is replaced or destroyed, where Terraform says. */
export function reasonFor({ action_reason = "", change, deposed }: ResourceChange): string | undefined {
  if (deposed !== undefined) return "what an earlier replacement left behind";
  if (action_reason === "replace_because_cannot_update") {
    const paths = (change.replace_paths ?? []).map((path) => path.join("."));
    return paths.length > 0
      ? `cannot be changed in place: ${paths.join(", ")}`
      : "cannot be changed in place";
  }
  return reasons[action_reason];
}
