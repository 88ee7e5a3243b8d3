import { readFileSync } from "node:fs";
import { strFromU8, unzipSync, zipSync } from "fflate";
import { unpack } from "./message-pack";
import type { Json } from "./plan-json";
import { fieldsOf, oneOf } from "./protobuf";
import { parseState, type StateJson } from "./state-json";

/** Where a plan keeps its state. */
export interface Backend {
  readonly type: string;
  readonly config: Json;
  readonly workspace: string;
}

/** What is in a saved plan beside the changes, which `terraform show` tells. */
export interface PlanFile {
  /** Text of each file of Terraform's language, by its name: an apply of the plan goes by these and no others. */
  readonly configuration: Readonly<Record<string, string>>;
  /** Keys of the modules besides the root. */
  readonly modules: readonly string[];
  /** The state as it was refreshed: what an apply changes and saves. */
  readonly state: StateJson;
  /** Addresses of what it destroys, for good or to make it anew. */
  readonly destroyed: readonly string[];
  readonly backend: Backend;
  /** Names of the variables that were set. */
  readonly variables: readonly string[];
  /** All of this in an archive of our own making, so that Terraform reads what was read here. */
  readonly packed: Uint8Array;
}

/** The bytes are no plan that Terraform saved. */
export class PlanFileError extends Error {}

/** Numbers of fields: https://github.com/hashicorp/terraform/blob/v1.11.4/internal/plans/planproto/planfile.proto */
const plan = { variables: 2, resourceChanges: 3, backend: 13 };
const resourceChange = { change: 9, address: 13 };
const change = { action: 1 };
/** `DELETE`, `DELETE_THEN_CREATE`, `CREATE_THEN_DELETE`. */
const destroying = [5, 6, 7];
const backend = { type: 1, config: 2, workspace: 3 };
const dynamicValue = { msgpack: 1 };

const root = "tfconfig/m-/";
const manifest = "tfconfig/modules.json";

/**
 * Reads a saved plan: https://github.com/hashicorp/terraform/blob/v1.11.4/internal/plans/planfile/writer.go
 * @throws PlanFileError
 */
export function readPlanFile(bytes: Uint8Array): PlanFile {
  try {
    const entries = entriesIn(bytes);
    const text = (name: string): string => strFromU8(required(entries, name));
    const fields = fieldsOf(required(entries, "tfplan"));
    const inRoot = Object.keys(entries).filter((name) => name.startsWith(root));
    return {
      configuration: Object.fromEntries(inRoot.map((name) => [name.slice(root.length), text(name)])),
      modules: modulesIn(text(manifest), Object.keys(entries)),
      state: parseState(text("tfstate")),
      destroyed: (fields.get(plan.resourceChanges) ?? []).flatMap(destroyedBy),
      backend: backendIn(oneOf(fields, plan.backend)),
      variables: (fields.get(plan.variables) ?? []).map((entry) => strFromU8(oneOf(fieldsOf(entry), 1))),
      packed: zipSync(entries, { level: 1 }),
    };
  } catch (error) {
    throw new PlanFileError(`it is no plan that Terraform saved: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/**
 * Reads from a saved plan the state that it was made on. Terraform compares its serial and lineage when it applies the
 * plan, but shows them nowhere; reading the state apart could meet a newer one.
 * @throws Error where the file is no saved plan
 */
export function stateOfPlan(file: string): StateJson {
  const entry = stateEntry(readFileSync(file));
  if (!entry) throw new Error(`${file} is no plan that Terraform saved`);
  return parseState(strFromU8(entry));
}

function stateEntry(archive: Uint8Array): Uint8Array | undefined {
  try {
    return unzipSync(archive, { filter: ({ name }) => name === "tfstate" }).tfstate;
  } catch {
    return undefined; // no archive at all
  }
}

/** @throws Error where a name is there twice: who reads it may take either */
function entriesIn(archive: Uint8Array): Record<string, Uint8Array> {
  const names = new Set<string>();
  return unzipSync(archive, {
    filter: ({ name }) => {
      if (names.has(name)) throw new Error(`${name} is in it twice`);
      names.add(name);
      return true;
    },
  });
}

function required(entries: Readonly<Record<string, Uint8Array>>, name: string): Uint8Array {
  const entry = entries[name];
  if (!entry) throw new Error(`it has no ${name}`);
  return entry;
}

const plainEntries = ["tfplan", "tfstate", "tfstate-prev", manifest, ".terraform.lock.hcl"];

/** Those that are declared, and whatever else lies there. */
function modulesIn(text: string, names: readonly string[]): string[] {
  const declared = JSON.parse(text) as readonly { readonly Key: string; readonly Dir: string }[];
  const others = declared.filter(({ Key, Dir }) => Key !== "" || Dir !== ".").map(({ Key }) => Key);
  return [...others, ...names.filter((name) => !plainEntries.includes(name) && !name.startsWith(root))];
}

function destroyedBy(message: Uint8Array): string[] {
  const fields = fieldsOf(message);
  const [action = 0] = oneOf(fieldsOf(oneOf(fields, resourceChange.change)), change.action);
  return destroying.includes(action) ? [strFromU8(oneOf(fields, resourceChange.address))] : [];
}

function backendIn(message: Uint8Array): Backend {
  const fields = fieldsOf(message);
  const config = fieldsOf(oneOf(fields, backend.config));
  return {
    type: strFromU8(oneOf(fields, backend.type)),
    config: unpack(oneOf(config, dynamicValue.msgpack)),
    workspace: strFromU8(oneOf(fields, backend.workspace)),
  };
}
