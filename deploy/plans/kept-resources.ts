import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { modelKind } from "../../stacks/kinds/model";
import type { StackDescription } from "../../stacks/list";
import { addressOf, managedIn, type StateJson } from "../terraform/state-json";

/** A file of Terraform's beside the synthesised one, for one plan; the hash of the synthesised files leaves it out. */
export const keptFile = "kept.tf.json";

/** Whether a stack's files are what pipelines run. Those of others, such as templates of projects, go with the code. */
export const runsFiles = ({ kind }: Pick<StackDescription, "kind">): boolean => kind === modelKind.kind;

/**
 * What leaves a stack's state and stays on AWS: what is to be kept, and the files that the pipelines ran until now. An
 * execution under way may still want these; they are collected once none does (`operate/scripts.ts`).
 * @param keep addresses, in whichever stack; `<stack>/<address>` for one stack's
 */
export function keptOf(
  { id, kind }: Pick<StackDescription, "id" | "kind">,
  state: Pick<StateJson, "resources">,
  directory: string,
  keep: readonly string[],
): string[] {
  const code = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8")) as {
    readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly removed?: readonly { readonly from: string }[];
  };
  const forgotten = new Set(code.removed?.map(({ from }) => from));
  const leaving = managedIn(state).filter(
    (resource) =>
      code.resource?.[resource.type]?.[resource.name] === undefined && !forgotten.has(addressOf(resource)),
  );
  const isFile = (type: string): boolean => type === "aws_s3_object" && runsFiles({ kind });
  return leaving
    .filter((resource) => isFile(resource.type) || isNamed(keep, id, addressOf(resource)))
    .map(addressOf);
}

const isNamed = (keep: readonly string[], stack: string, address: string): boolean =>
  keep.includes(address) || keep.includes(`${stack}/${address}`);

/** Those to be kept that no stack lets go: a typing error would destroy what it was to keep. */
export const notKept = (
  keep: readonly string[],
  stacks: readonly { readonly id: string; readonly kept: readonly string[] }[],
): string[] =>
  keep.filter(
    (named) => !stacks.some(({ id, kept }) => kept.some((address) => isNamed([named], id, address))),
  );

/**
 * Has the next plan of a stack take resources out of its state that the code has no more, and leave them on AWS.
 * https://developer.hashicorp.com/terraform/language/resources/syntax#removing-resources
 * @param addresses none for a plan that destroys whatever the code has no more
 */
export function keepResources(directory: string, addresses: readonly string[]): void {
  const path = join(directory, keptFile);
  rmSync(path, { force: true });
  if (addresses.length === 0) return;
  const removed = addresses.map((from) => ({ from, lifecycle: { destroy: false } }));
  writeFileSync(path, JSON.stringify({ removed }, undefined, 2));
}
