/**
 * Lifecycle of what holds data (keys, buckets, package groups): Terraform refuses to destroy or replace it.
 * `deploy/terraform/destroy-guards.ts` lifts this, by name, for a deliberate teardown.
 */
export const preventDestroy = { preventDestroy: true } as const;
