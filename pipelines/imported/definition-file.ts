import { getNodeValue, parseTree, findNodeAtLocation } from "jsonc-parser";
import { z } from "zod";
import { faultOfDefinition } from "../python/result";
import type { Json } from "../definition/values";
import { spacings, type Spacing } from "./spacing";

/** A definition out of an account, as a model's folder keeps it: `definitions/<pipeline>.json`. */
export interface DefinitionFile {
  /** What the pipeline is called on AWS. */
  readonly name: string;
  /** How the definition's text is spaced when it is rendered. */
  readonly spacing: Spacing;
  /** The definition's text, with stand-ins in place of values of an account. */
  readonly text: string;
}

const schema = z.strictObject({
  name: z.string(),
  spacing: z.enum(Object.keys(spacings) as [Spacing, ...Spacing[]]),
  definition: z.unknown(),
});

/** @throws Error in words that follow the file's name */
export function readDefinitionFile(text: string): DefinitionFile {
  const root = parseTree(text, [], { disallowComments: true });
  const parsed = schema.safeParse(JSON.parse(text));
  if (!parsed.success)
    throw new Error(
      parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "),
    );
  const node = root && findNodeAtLocation(root, ["definition"]);
  if (!node) throw new Error("it has no definition");
  const fault = faultOfDefinition(getNodeValue(node) as Json);
  if (fault !== undefined) throw new Error(`the definition's ${fault}`);
  const { name, spacing } = parsed.data;
  return { name, spacing, text: text.slice(node.offset, node.offset + node.length) };
}

/** Such a file's text; the definition stands in it as editors and reviewers like to read it. */
export const definitionFileText = ({ name, spacing, text }: DefinitionFile): string =>
  `{\n  "name": ${JSON.stringify(name)},\n  "spacing": "${spacing}",\n  "definition": ${text}\n}\n`;
