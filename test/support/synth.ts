import { App, Testing, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { withoutTokenTraces } from "../../stacks/synthesise";

export interface SynthesisedResource {
  readonly [attribute: string]: unknown;
  readonly lifecycle?: { readonly prevent_destroy?: boolean };
}

/** A synthesised stack, as Terraform reads it. */
export interface Synthesised {
  readonly terraform: { readonly backend: { readonly s3: Record<string, unknown> } };
  readonly provider: { readonly aws: readonly Record<string, unknown>[] };
  readonly import?: readonly { readonly to: string; readonly id: string }[];
  readonly resource: Readonly<Record<string, Readonly<Record<string, SynthesisedResource>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Synthesises what `build` adds to an otherwise empty stack. */
export function synthesise(build: (scope: Construct) => void): Synthesised {
  let text = "";
  withoutTokenTraces(() => {
    const stack = new TerraformStack(new App({ skipValidation: true }), "test");
    build(stack);
    text = Testing.synth(stack);
  });
  return JSON.parse(text) as Synthesised;
}

/** Synthesises the stacks that `build` adds to an app, by stack id. */
export function synthesiseStacks(build: (app: App) => void): Record<string, Synthesised> {
  const found: Record<string, Synthesised> = {};
  withoutTokenTraces(() => {
    const app = new App({ skipValidation: true });
    build(app);
    for (const stack of app.node.children)
      if (stack instanceof TerraformStack)
        found[stack.node.id] = JSON.parse(Testing.synth(stack)) as Synthesised;
  });
  return found;
}

/** How many resources of each type a synthesised stack holds: its bill of materials. */
export function billOfMaterials({ resource }: Pick<Synthesised, "resource">): Record<string, number> {
  return Object.fromEntries(
    Object.entries(resource)
      .map(([type, byName]) => [type, Object.keys(byName).length] as const)
      .toSorted(([a], [b]) => a.localeCompare(b)),
  );
}

/** All resources of one type, in order of their names. */
export function resources({ resource }: Pick<Synthesised, "resource">, type: string): SynthesisedResource[] {
  return Object.values(resource[type] ?? {});
}

/** The only resource of a type. */
export function only(stack: Pick<Synthesised, "resource">, type: string): SynthesisedResource {
  const [first, ...others] = resources(stack, type);
  if (!first || others.length > 0)
    throw new Error(`expected one ${type}, got: ${others.length + (first ? 1 : 0)}`);
  return first;
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: unknown;
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The statements of a policy document in JSON text. */
export function statementsOf(policy: unknown): Statement[] {
  return (JSON.parse(policy as string) as { Statement: Statement[] }).Statement;
}
