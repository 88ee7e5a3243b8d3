import { readFileSync } from "node:fs";
import { unzipSync, strFromU8 } from "fflate";

/** Which state of a stack a plan was made on. */
export interface StateVersion {
  /** Goes up by one with each state that is saved; 0 where there was none. */
  readonly serial: number;
  /** Drawn when a state is begun; empty where there was none. */
  readonly lineage: string;
}

interface State extends StateVersion {
  readonly resources: readonly { readonly mode: string; readonly instances: readonly unknown[] }[];
}

/** A saved plan's own copy of the state that it was made on. */
export interface PlannedState extends StateVersion {
  /** Number of resources in it. */
  readonly resources: number;
}

/**
 * Reads from a saved plan which state it was made on. Terraform compares the same two values when it applies the plan,
 * but shows them nowhere; reading the state apart could meet a newer one.
 * @throws Error where the file is no saved plan
 */
export function stateOfPlan(file: string): PlannedState {
  const entry = entryOf(readFileSync(file), "tfstate");
  if (!entry) throw new Error(`${file} is no plan that Terraform saved`);
  const { serial, lineage, resources } = JSON.parse(strFromU8(entry)) as State;
  const managed = resources.filter(({ mode }) => mode === "managed");
  const count = managed.reduce((sum, { instances }) => sum + instances.length, 0);
  return { serial, lineage, resources: count };
}

function entryOf(archive: Uint8Array, entry: string): Uint8Array | undefined {
  try {
    return unzipSync(archive, { filter: ({ name }) => name === entry })[entry];
  } catch {
    return undefined; // no archive at all
  }
}
