import type { Manifest, ManifestStack } from "../../../../../deploy/plans/manifest/schema";

/** A manifest without stacks. */
export const manifest: Manifest = {
  version: 1,
  createdAt: "2025-01-31T23:00:00.000Z",
  commit: { id: null, dirty: false },
  packageLockHash: "a".repeat(64),
  terraform: "1.11.4",
  role: null,
  approval: [],
  stacks: [],
};

/** A stack of a manifest, in which nothing is pending. */
export const entry: ManifestStack = {
  id: "prod-model",
  environment: "prod",
  account: "222222222222",
  region: "us-east-1",
  appliedBy: "ci",
  requireApproval: true,
  synthHash: "a".repeat(64),
  providers: {},
  providerLockHash: "a".repeat(64),
  planHash: "a".repeat(64),
  state: { serial: 1, lineage: "a" },
  counts: { create: 0, change: 0, replace: 0, destroy: 0, import: 0, move: 0, forget: 0, unchanged: 0 },
  losses: [],
};
