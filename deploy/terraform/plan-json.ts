/** Values as Terraform's JSON has them. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** `true` where a value is marked as a whole, else marks within it. */
export type Marks = Json | undefined;

/**
 * What we read of a plan in JSON.
 * https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
export interface PlanJson {
  readonly terraform_version: string;
  readonly resource_changes?: readonly ResourceChange[];
  /** What differs from the state. */
  readonly resource_drift?: readonly ResourceChange[];
  readonly prior_state?: {
    readonly values?: { readonly root_module?: { readonly resources?: readonly Resource[] } };
  };
  readonly configuration?: {
    readonly root_module?: { readonly resources?: readonly ConfiguredResource[] };
  };
}

export type Verb = "no-op" | "create" | "read" | "update" | "delete" | "forget";

export interface ResourceChange {
  readonly address: string;
  /** The address it had before it was moved. */
  readonly previous_address?: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  /** An object that a replacement left behind. */
  readonly deposed?: string;
  readonly change: Change;
  /** Such as `replace_because_tainted`. */
  readonly action_reason?: string;
}

export interface Change {
  readonly actions: readonly Verb[];
  readonly before: Json;
  readonly after: Json;
  readonly after_unknown?: Marks;
  readonly before_sensitive?: Marks;
  readonly after_sensitive?: Marks;
  /** Attributes that cannot be changed in place. */
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: { readonly id?: string };
}

export interface Resource {
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, Json>>;
}

export interface ConfiguredResource {
  readonly address: string;
  /** Attributes that the code sets. */
  readonly expressions?: Readonly<Record<string, unknown>>;
}
