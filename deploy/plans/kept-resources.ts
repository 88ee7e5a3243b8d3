import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StackDescription } from "../../stacks/list";
import { removedKind } from "../../stacks/removed";
import { addressOf, managedIn, type StateJson } from "../terraform/state-json";

/** A file of Terraform's beside the synthesised one, for one plan; the hash of the synthesised files leaves it out. */
const file = "kept.tf.json";

/**
 * What leaves a stack's state and stays on AWS: what is to be kept, and the files that the pipelines ran until now. An
 * execution under way may still want these; they are collected once none does (`operate/scripts.ts`).
 * @param keep addresses, in whichever stack
 */
export function keptOf(
  { kind }: Pick<StackDescription, "kind">,
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
  const isFile = (type: string): boolean => type === "aws_s3_object" && kind !== removedKind.kind;
  return leaving
    .filter((resource) => isFile(resource.type) || keep.includes(addressOf(resource)))
    .map(addressOf);
}

/**
 * Has the next plan of a stack take resources out of its state that the code has no more, and leave them on AWS.
 * https://developer.hashicorp.com/terraform/language/resources/syntax#removing-resources
 * @param addresses none for a plan that destroys whatever the code has no more
 */
export function keepResources(directory: string, addresses: readonly string[]): void {
  const path = join(directory, file);
  rmSync(path, { force: true });
  if (addresses.length === 0) return;
  const removed = addresses.map((from) => ({ from, lifecycle: { destroy: false } }));
  writeFileSync(path, JSON.stringify({ removed }, undefined, 2));
}
