import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { terraformVersion } from "../deploy/terraform/version";
import { awsProvider } from "../tools/toolchain/provider";
import type { TerraformTool } from "../deploy/terraform/terraform";

/** What figures were taken on. */
export interface Machine {
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
  /** Processes that were busy before anything was measured, on average over a minute. */
  readonly busyBefore: number;
  readonly memoryGB: number;
  readonly node: string;
  readonly terraform: string;
  readonly provider: string;
}

export async function machineFacts(terraform: TerraformTool): Promise<Machine> {
  return {
    system: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    busyBefore: loadavg()[0] ?? 0,
    memoryGB: Math.round(totalmem() / 1e9),
    node: process.versions.node,
    terraform: await terraformVersion(terraform),
    provider: awsProvider().version,
  };
}

/** Says so where other programs keep the machine busy; undefined where it is quiet. */
export function noisyMachine({
  busyBefore,
  cores,
}: Pick<Machine, "busyBefore" | "cores">): string | undefined {
  if (busyBefore < cores / 2) return undefined;
  return `The machine is busy (load ${busyBefore.toFixed(1)} on ${cores} cores): seconds will be too many, ratios less sure`;
}
