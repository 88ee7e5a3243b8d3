import { readFileSync } from "node:fs";
import { unzipSync, strFromU8 } from "fflate";
import { parseState, type StateJson } from "./state-json";

/**
 * Reads from a saved plan the state that it was made on. Terraform compares its serial and lineage when it applies the
 * plan, but shows them nowhere; reading the state apart could meet a newer one.
 * @throws Error where the file is no saved plan
 */
export function stateOfPlan(file: string): StateJson {
  const entry = entryOf(readFileSync(file), "tfstate");
  if (!entry) throw new Error(`${file} is no plan that Terraform saved`);
  return parseState(strFromU8(entry));
}

function entryOf(archive: Uint8Array, entry: string): Uint8Array | undefined {
  try {
    return unzipSync(archive, { filter: ({ name }) => name === entry })[entry];
  } catch {
    return undefined; // no archive at all
  }
}
