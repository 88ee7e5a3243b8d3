import { createHash } from "node:crypto";

/**
 * Name of a file of ground truth below its prefix: when it arrived, in UTC, which monitors go by, and a hash of its content.
 * `20261127T065147Z-0a1b2c3d.csv`
 */
export function groundTruthName(content: Uint8Array, arrived: Date): string {
  const time = arrived.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  return `${time}-${createHash("sha256").update(content).digest("hex").slice(0, 8)}.csv`;
}
