import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../tools/paths";

/** Folders whose code a synthesis loads bindings from. */
const folders = ["stacks", "modules"];

/** Generated bindings that a text imports for more than their types. */
export const bindingsIn = (text: string): string[] =>
  [...text.matchAll(/^import (?!type )[^;]*? from "(@cdktf\/provider-aws\/lib\/[^"]+)"/gm)].flatMap(
    (match) => match[1] ?? [],
  );

/** Every binding that the stacks are made of. */
export function bindingsInUse(): string[] {
  const files = folders.flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(repository, folder, name)),
  );
  return [...new Set(files.flatMap((file) => bindingsIn(readFileSync(file, "utf8"))))].toSorted();
}
