import { availableParallelism, freemem } from "node:os";

/** Memory one Terraform with the AWS provider takes, in bytes. */
const bytesPerTerraform = 0.9 * 1024 ** 3;

/** Terraform spends most of an apply waiting until AWS has settled, so a core serves several. */
const runsPerCore = 4;

/** How many Terraform runs go side by side with this machine's cores and free memory; at least one. */
export function parallelRuns(cores = availableParallelism(), freeBytes = freemem()): number {
  return Math.max(1, Math.min(cores * runsPerCore, Math.floor(freeBytes / bytesPerTerraform)));
}
