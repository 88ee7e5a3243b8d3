import { z } from "zod";
import { appliers } from "../../../stacks/kind";

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();

const counts = z.strictObject({
  create: count,
  change: count,
  replace: count,
  destroy: count,
  import: count,
  move: count,
  forget: count,
  unchanged: count,
});

const stack = z.strictObject({
  /** Names a folder, here and among states. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "must be the id of a stack"),
  environment: z.string(),
  account: z.string(),
  region: z.string(),
  appliedBy: z.enum(appliers),
  /** Whether a person has to approve before the CI server applies it, by what was applied last and by the code. */
  requireApproval: z.boolean(),
  /** Of the synthesised files. */
  synthHash: hash,
  /** Version by source address. */
  providers: z.record(z.string(), z.string()),
  /** Of `.terraform.lock.hcl`. */
  providerLockHash: hash,
  /** The state it was planned on. */
  state: z.strictObject({ serial: count, lineage: z.string() }),
  /** Of the saved plan. */
  planHash: hash,
  counts,
  /** What the plan destroys or replaces although it holds what no code makes again. */
  losses: z.array(
    z.strictObject({ address: z.string(), action: z.enum(["destroy", "replace"]), losing: z.string() }),
  ),
});

/** What a folder of saved plans says of itself. */
export const manifestSchema = z.strictObject({
  version: z.literal(1),
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  /** Null outside of a git repository. Dirty: tracked files differed from the commit. */
  commit: z.strictObject({ id: z.string().nullable(), dirty: z.boolean() }),
  packageLockHash: hash,
  terraform: z.string(),
  /** Role that was assumed instead of the stacks' own; such a plan is for reading only. */
  role: z.string().nullable(),
  /** Environments with changes that a person has to approve before Jenkins applies them. */
  approval: z.array(z.string()),
  stacks: z
    .array(stack)
    .refine(
      (stacks) => new Set(stacks.map(({ id }) => id)).size === stacks.length,
      "must name each stack once",
    ),
});

export type Manifest = z.output<typeof manifestSchema>;
export type ManifestStack = z.output<typeof stack>;
export type Loss = ManifestStack["losses"][number];

/** Whether applying a stack's plan would do anything. */
export const hasChanges = ({ counts }: Pick<ManifestStack, "counts">): boolean =>
  Object.entries(counts).some(([name, number]) => name !== "unchanged" && number > 0);
