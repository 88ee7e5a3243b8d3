import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { unzipSync } from "fflate";
import { assumedRoles, refusals } from "../../../../emulator/local-aws";
import { formsOf } from "./secret-forms";
import type { Offering } from "./offering";
import { toldByAws } from "./told-by-aws";

/** Something that is written somewhere. */
export interface Written {
  /** Kind of place, a colon, and which one. */
  readonly where: string;
  readonly content: Buffer;
}

/** Where each of some secrets stands, in any form: of all that an account, its functions, commands and Git servers have written. */
export async function placesOf<Name extends string>(
  secrets: Readonly<Record<Name, string>>,
  offering: Offering,
  folder: string,
): Promise<Record<Name, string[]>> {
  const names = Object.keys(secrets) as Name[];
  const sought = names.map((name) => ({ name, forms: formsOf(secrets[name]), places: [] as string[] }));
  for await (const { where, content } of written(offering, folder)) {
    const parts = unpacked(content);
    for (const { forms, places } of sought)
      if (parts.some((part) => forms.some((form) => part.includes(form)))) places.push(where);
  }
  return Object.fromEntries(sought.map(({ name, places }) => [name, places.sort()])) as never;
}

async function* written(offering: Offering, folder: string): AsyncGenerator<Written> {
  const { applied, access, printed } = offering;
  yield* printed.map((text, at) => ({ where: `command: ${at}`, content: Buffer.from(text) }));
  const beside = dirname(applied.needs);
  for (const file of ["local-aws.log", "needs.jsonl"])
    yield { where: `log: ${file}`, content: readFileSync(join(beside, file)) };
  yield record("assumed roles", await assumedRoles(applied.localAws));
  yield record("refusals", await refusals(applied.localAws));
  yield* filesBelow(applied.folder);
  yield* filesBelow(folder);
  yield* objectsOf(folder);
  yield* toldByAws(access);
}

const record = (what: string, value: unknown): Written => ({
  where: `record: ${what}`,
  content: Buffer.from(JSON.stringify(value)),
});

function filesBelow(folder: string): Written[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => ({ where: `file: ${path}`, content: readFileSync(path) }));
}

/** Every object of every repository, whether a branch leads to it or not. */
function objectsOf(folder: string): Written[] {
  const repositories = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name.endsWith(".git"),
  );
  return repositories.map(({ parentPath, name }) => {
    const path = join(parentPath, name);
    const all = ["cat-file", "--batch", "--batch-all-objects", "--unordered"];
    const content = execFileSync("git", ["-C", path, ...all], { maxBuffer: 2 ** 28 });
    return { where: `repository: ${path}`, content };
  });
}

/** What an archive holds, beside itself. */
function unpacked(content: Buffer): readonly Buffer[] {
  if (content.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]))) return [content, gunzipSync(content)];
  if (!content.subarray(0, 4).equals(Buffer.from("PK\u0003\u0004"))) return [content];
  return [content, ...Object.values(unzipSync(content)).map((part) => Buffer.from(part))];
}
