import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

type Resources = Readonly<
  Record<string, Readonly<Record<string, { readonly lifecycle?: { prevent_destroy?: boolean } }>>>
>;

/** Terraform merges files of this name over the synthesised one. */
const overrideFile = "destroy_guards_override.tf.json";

/** Overrides that take `prevent_destroy` off the given resources, and off no others. */
export function liftedGuards(resources: Resources): object {
  const lifted = Object.entries(resources).flatMap(([type, byName]) => {
    const guarded = Object.entries(byName).filter(([, { lifecycle }]) => lifecycle?.prevent_destroy);
    const names = guarded.map(([name]) => [name, { lifecycle: { prevent_destroy: false } }] as const);
    return names.length > 0 ? [[type, Object.fromEntries(names)] as const] : [];
  });
  return lifted.length > 0 ? { resource: Object.fromEntries(lifted) } : {};
}

/**
 * Lets Terraform destroy what a stack's folder protects, for a deliberate teardown. Local state replaces the S3 state
 * where `localState` is given, because a state bucket cannot hold the state of its own destruction.
 */
export function liftDestroyGuards(
  directory: string,
  { localState }: { readonly localState?: string } = {},
): void {
  const stack = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8")) as { resource?: Resources };
  const backend = localState === undefined ? {} : { terraform: { backend: { local: { path: localState } } } };
  const overrides = { ...liftedGuards(stack.resource ?? {}), ...backend };
  writeFileSync(join(directory, overrideFile), JSON.stringify(overrides, undefined, 2));
}

/** Puts the protection back. */
export function restoreDestroyGuards(directory: string): void {
  rmSync(join(directory, overrideFile), { force: true });
}
