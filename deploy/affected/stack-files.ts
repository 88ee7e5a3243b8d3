import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

type Json = Readonly<Record<string, unknown>>;

/** What one stack is made of, as far as Terraform reads it. */
export interface StackFiles {
  /** `cdk.tf.json`. */
  readonly configuration: Json;
  /** SHA-256 of each asset, by its construct's id and its file name. */
  readonly assets: Readonly<Record<string, string>>;
}

/** Synthesised stacks by id. */
export type Stacks = Readonly<Record<string, StackFiles>>;

/**
 * Reads the stacks of an output folder of `cdktf synth`. What Terraform itself puts there is left out.
 * @param output the folder that holds `stacks/`
 */
export function readStacks(output: string): Stacks {
  const stacks = join(output, "stacks");
  const ids = readdirSync(stacks).filter((id) => existsSync(join(stacks, id, "cdk.tf.json")));
  return Object.fromEntries(ids.map((id) => [id, readStack(join(stacks, id))]));
}

function readStack(folder: string): StackFiles {
  const configuration = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as Json;
  return { configuration, assets: readAssets(join(folder, "assets")) };
}

/** cdktf lays assets out as `<construct id>/<hash of the content>/<file>`. */
function readAssets(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      const [construct = "", , ...rest] = path.slice(folder.length + 1).split("/");
      return [[construct, ...rest].join("/"), sha256(readFileSync(path))];
    }),
  );
}

const sha256 = (content: Buffer): string => createHash("sha256").update(content).digest("hex");
