import { availableParallelism, freemem } from "node:os";

/** Memory one Terraform with the AWS provider takes, in bytes. */
const bytesPerTerraform = 0.9 * 1024 ** 3;

/** Terraform spends most of an apply waiting until AWS has settled, so a core serves several. */
const runsPerCore = 6;

/**
 * Memory that is free for what we start, in bytes: that of the machine, of which a container may have no more than its
 * limit (https://nodejs.org/api/process.html#processconstrainedmemory; 0 where that is not known).
 */
export const freeMemory = (free = freemem(), limit = process.constrainedMemory()): number =>
  limit > 0 ? Math.min(free, limit) : free;

/** How many Terraform runs go side by side with this machine's cores and free memory; at least one. */
export function parallelRuns(cores = availableParallelism(), freeBytes = freeMemory()): number {
  return Math.max(1, Math.min(cores * runsPerCore, Math.floor(freeBytes / bytesPerTerraform)));
}
