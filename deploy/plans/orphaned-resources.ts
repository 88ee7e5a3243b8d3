import { existsSync, readFileSync } from "node:fs";
import type { StackDescription } from "../../stacks/list";
import type { Accounts } from "../access/accounts";
import { parseMessage } from "../terraform/messages";
import { addressOf, type StateJson } from "../terraform/state-json";
import { printable } from "./render/printable";

/** A resource that exists, and that the state does not know. */
export interface OrphanedResource {
  readonly address: string;
  /** What it is called in AWS. */
  readonly id: string;
}

/**
 * What a killed apply made after its state was last saved, by its journal: Terraform saves the state every 20 seconds
 * and at the end.
 * @param journal messages of the apply, a line each
 */
export function orphanedResources(
  journal: string,
  { resources }: Pick<StateJson, "resources">,
): OrphanedResource[] {
  const known = new Set(resources.map(addressOf));
  return journal.split("\n").flatMap((line) => {
    const message = parseMessage(line);
    if (message?.type !== "apply_complete" || message.hook.action !== "create") return [];
    const { resource, id_value: id } = message.hook;
    const isNew = id !== undefined && !known.has(resource.addr);
    return isNew && /^[\w.-]+$/.test(resource.addr) ? [{ address: resource.addr, id }] : [];
  });
}

/** How to give a stack's state what a killed apply made; empty where there is nothing, or no journal. */
export async function remedyForOrphans(
  accounts: Accounts,
  stack: StackDescription,
  journal: string,
): Promise<string[]> {
  if (!existsSync(journal)) return [];
  const state = await (await accounts.stateOf(stack)).read();
  const orphans = orphanedResources(readFileSync(journal, "utf8"), state);
  if (orphans.length === 0) return [];
  return [
    "→ The state was not saved after these were made. Give them to it, then plan again:",
    `  npx cdktf synth && cd cdktf.out/stacks/${stack.id} && terraform init`,
    ...orphans.map(({ address, id }) => `  terraform import ${address} ${quoted(id)}`),
  ];
}

/** As a shell takes it, whatever is in it: whoever wrote the journal would else have a line of theirs run. */
export const quoted = (word: string): string => `'${printable(word).replaceAll("'", String.raw`'\''`)}'`;
