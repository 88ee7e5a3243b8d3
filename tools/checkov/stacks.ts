import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Say where resources come from or went, which checkov's parser does not know. */
const withoutResources = ["import", "moved", "removed"];

/** Copies synthesised stacks for checkov: a folder each, without blocks that it cannot read. */
export function copyForCheckov(stacks: string, to: string): void {
  for (const id of readdirSync(stacks)) {
    const file = JSON.parse(readFileSync(join(stacks, id, "cdk.tf.json"), "utf8")) as object;
    const kept = Object.entries(file).filter(([block]) => !withoutResources.includes(block));
    mkdirSync(join(to, id), { recursive: true });
    writeFileSync(join(to, id, "cdk.tf.json"), JSON.stringify(Object.fromEntries(kept), undefined, 2));
  }
}
