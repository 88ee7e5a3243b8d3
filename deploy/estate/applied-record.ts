import { z } from "zod";

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const schema = z.object({
  version: z.literal(1),
  stack: z.string(),
  /** ISO 8601, UTC. */
  appliedAt: z.iso.datetime(),
  /** Of the saved plan. */
  planHash: hash,
  /** SHA-256 of the manifest that the plan was in; null where it was in no folder. */
  manifestDigest: hash.nullable(),
  /** Null outside of a git repository. */
  commit: z.string().nullable(),
  /** Whether the environment asked for approval, as it was applied. */
  requireApproval: z.boolean(),
  /** The approver; null where nobody was asked. */
  approvedBy: z.string().nullable(),
  /** The CI server's build; null where a person applied. */
  build: z.string().nullable(),
});

/**
 * What was applied last to a stack. It lies beside the stack's state, where only they write who may apply: unlike a tag it is no
 * difference between code and AWS, and unlike a console's log it stays.
 */
export type AppliedRecord = z.output<typeof schema>;

/** @param text undefined where there is none @returns undefined for what is no record of ours, which then counts as none */
export function parseRecord(text: string | undefined): AppliedRecord | undefined {
  try {
    return schema.safeParse(JSON.parse(text ?? "null")).data;
  } catch {
    return undefined;
  }
}
