import { availableParallelism, freemem } from "node:os";

/** Memory one Terraform with the AWS provider takes, in bytes. */
const bytesPerTerraform = 0.9 * 1024 ** 3;

/** How many Terraform runs fit side by side into this machine's cores and free memory; at least one. */
export function parallelRuns(cores = availableParallelism(), freeBytes = freemem()): number {
  return Math.max(1, Math.min(cores, Math.floor(freeBytes / bytesPerTerraform)));
}
