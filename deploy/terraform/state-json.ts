/** Which state of a stack it is. */
export interface StateVersion {
  /** Goes up by one with each state that is saved; 0 where there was none. */
  readonly serial: number;
  /** Drawn when a state is begun; empty where there was none. */
  readonly lineage: string;
}

/**
 * What we read of a state, as Terraform keeps it (format 4).
 * https://developer.hashicorp.com/terraform/internals/json-format#state-representation is another, of `show`
 */
export interface StateJson extends StateVersion {
  readonly resources: readonly StateResource[];
}

export interface StateResource {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  /** Such as `provider["registry.terraform.io/hashicorp/aws"]`; Terraform always writes it. */
  readonly provider?: string;
  /** None where it has been destroyed. */
  readonly instances: readonly { readonly attributes?: Readonly<Record<string, unknown>> }[];
}

const noState: StateJson = { serial: 0, lineage: "", resources: [] };

/** What lies where a state should is none, or of another format. */
export class NoStateError extends Error {}

/**
 * @param text of a state; undefined where there is none, which reads as an empty one
 * @param place where it was read, for complaints
 * @throws NoStateError
 */
export function parseState(text: string | undefined, place = "It"): StateJson {
  if (text === undefined) return noState;
  const state = parseJson(text) as Partial<StateJson> | undefined | null;
  if (typeof state?.lineage !== "string" || !Array.isArray(state.resources))
    throw new NoStateError(`${place} is no state of Terraform's (format 4)`);
  return state as StateJson;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The resources that stand, without data sources. */
export const managedIn = ({ resources }: Pick<StateJson, "resources">): StateResource[] =>
  resources.filter(({ mode, instances }) => mode === "managed" && instances.length > 0);

/** Number of resources that stand, each of several alike counted. */
export const resourcesIn = (state: Pick<StateJson, "resources">): number =>
  managedIn(state).reduce((sum, { instances }) => sum + instances.length, 0);

/** Our stacks have no modules and count nothing, so type and name make the address. */
export const addressOf = ({ type, name }: Pick<StateResource, "type" | "name">): string => `${type}.${name}`;

/** Attributes of the resources that stand, by type and name. */
export function attributesIn(
  state: Pick<StateJson, "resources">,
): Record<string, Record<string, Readonly<Record<string, unknown>>>> {
  const found: Record<string, Record<string, Readonly<Record<string, unknown>>>> = {};
  for (const { type, name, instances } of managedIn(state))
    (found[type] ??= {})[name] = instances[0]?.attributes ?? {};
  return found;
}
