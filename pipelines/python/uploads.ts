import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { scriptKey } from "../../core/scripts";
import type { Json } from "../definition/values";
import type { Script } from "../model";
import type { Upload } from "./result";

/** Where what was uploaded belongs. */
export interface UploadPlace {
  readonly model: string;
  readonly dataBucket: string;
  /** Has the contents. */
  readonly folder: string;
}

/** A URI in a definition, and what was uploaded to it or below it. */
interface Found {
  readonly uri: string;
  readonly uploads: readonly Upload[];
}

/**
 * Gives what was uploaded the names of scripts, which hold a hash of the content, in a definition and as files to upload.
 * Whoever renders puts a clock or a name of its own into them.
 * @throws Error naming an upload that the definitions do not refer to
 */
export function asScripts<Definitions extends object>(
  definitions: Definitions,
  uploads: readonly Upload[],
  place: UploadPlace,
): { readonly definitions: Definitions; readonly scripts: readonly Script[] } {
  const texts = textsIn(definitions as unknown as Json);
  const moved = groupsIn(withoutCopies(uploads, texts, place.folder), texts).map((found) =>
    moveOf(found, place),
  );
  const renamed = moved.reduce(
    (text, { from, to }) => text.replaceAll(wholeUri(from), to),
    JSON.stringify(definitions),
  );
  return {
    definitions: JSON.parse(renamed) as Definitions,
    scripts: moved.flatMap(({ scripts }) => scripts),
  };
}

/**
 * Without files that no step refers to, where the same file lies elsewhere too: asked for a step's `arguments` outside of a
 * pipeline, the SDK uploads its script under the name of the job, and again when it renders.
 */
function withoutCopies(uploads: readonly Upload[], texts: readonly string[], folder: string): Upload[] {
  const contentOf = ({ uri, file }: Upload) =>
    `${basename(uri)} ${readFileSync(join(folder, file), "base64")}`;
  const named = uploads.filter(({ uri }) => namedUri(uri, texts) !== undefined);
  const contents = new Set(named.map(contentOf));
  return uploads.filter((upload) => named.includes(upload) || !contents.has(contentOf(upload)));
}

const namedUri = (uri: string, texts: readonly string[]): string | undefined =>
  selfAndFolders(uri).find((each) => texts.some((text) => wholeUri(each).test(text)));

function groupsIn(uploads: readonly Upload[], texts: readonly string[]): Found[] {
  const groups = new Map<string, Upload[]>();
  for (const upload of uploads) {
    const uri = namedUri(upload.uri, texts);
    if (uri === undefined)
      throw new Error(`it uploads ${upload.uri}, which no step refers to: data is brought to S3 beforehand`);
    groups.set(uri, [...(groups.get(uri) ?? []), upload]);
  }
  // The longest first: one may lie within another.
  return [...groups]
    .map(([uri, of]) => ({ uri, uploads: of }))
    .toSorted((a, b) => b.uri.length - a.uri.length);
}

/** `s3://b/a/c` → itself, `s3://b/a`. */
function selfAndFolders(uri: string): string[] {
  const [, bucket = "", key = ""] = /^(s3:\/\/[^/]+)\/(.+)$/.exec(uri) ?? [];
  const parts = key.split("/");
  return parts.map((_, dropped) => [bucket, ...parts.slice(0, parts.length - dropped)].join("/"));
}

function moveOf({ uri, uploads }: Found, { model, dataBucket, folder }: UploadPlace) {
  const files = uploads
    .map(({ uri: of, file }) => ({ path: join(folder, file), below: of.slice(uri.length) }))
    .toSorted((a, b) => (a.below < b.below ? -1 : 1));
  const hash = createHash("sha256");
  for (const { path, below } of files) hash.update(below).update(readFileSync(path));
  const version = hash.digest("hex").slice(0, 12);
  const key = scriptKey(model, version, basename(uri));
  return {
    from: uri,
    to: `s3://${dataBucket}/${key}`,
    scripts: files.map(({ path, below }) => ({
      name: `${basename(uri)}${below}-${version}`,
      path,
      key: `${key}${below}`,
    })),
  };
}

/** A URI as a whole, not the beginning of a longer one; a slash may end it. */
const wholeUri = (uri: string): RegExp =>
  new RegExp(`${uri.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}(?=/?(?:$|["\\s,;\\\\]))`, "g");

function textsIn(value: Json): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap((each) => textsIn(each))
    : [];
}
