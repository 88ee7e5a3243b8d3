import { parseJson, plain, WholeFloat } from "./numbers";
import { keysOf } from "./references";

/** What references in a definition stand for at one moment of an execution. */
export interface Scope {
  /** Value of a path's root: `Parameters`, `Execution` or `Steps`. */
  readonly roots: Readonly<Record<string, unknown>>;
  /** Text of a JSON file that a step wrote, by step and property file. */
  readonly readPropertyFile: (step: string, propertyFile: string) => Promise<string>;
  /** Text of an object in S3. */
  readonly readObject: (s3Uri: string) => Promise<string>;
}

/** A reference that leads nowhere; the message says which. */
export class UnresolvedReference extends Error {}

/**
 * Puts values in the place of references (`Get`, `Std:Join`, `Std:JsonGet`), all through a value. Keys whose value is
 * null are left out, as the Python SDK writes them for what is not set.
 * @throws UnresolvedReference
 */
export async function resolve(value: unknown, scope: Scope): Promise<unknown> {
  return plain(await evaluate(value, scope));
}

/** The same, with whole floats told from integers. */
async function evaluate(value: unknown, scope: Scope): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((each) => resolve(each, scope)));
  if (typeof value !== "object" || value === null || value instanceof WholeFloat) return value;
  if ("Get" in value) return lookUp(String(value.Get), scope.roots);
  if ("Std:Join" in value) return join(value["Std:Join"] as Join, scope);
  if ("Std:JsonGet" in value) return jsonGet(value["Std:JsonGet"] as JsonGet, scope);
  const entries = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(
    await Promise.all(entries.map(async ([key, each]) => [key, await resolve(each, scope)] as const)),
  );
}

interface Join {
  readonly On: string;
  readonly Values: readonly unknown[];
}

async function join({ On, Values }: Join, scope: Scope): Promise<string> {
  const parts = await Promise.all(Values.map((each) => evaluate(each, scope)));
  return parts.map(asText).join(On);
}

function asText(part: unknown): string {
  if (typeof part === "string") return part;
  if (typeof part === "number" || typeof part === "boolean" || part instanceof WholeFloat)
    return String(part);
  throw new UnresolvedReference(`Std:Join takes no ${JSON.stringify(part)}`);
}

interface JsonGet {
  readonly PropertyFile?: { readonly Get: string };
  readonly S3Uri?: unknown;
  readonly Path: string;
}

async function jsonGet({ PropertyFile, S3Uri, Path }: JsonGet, scope: Scope): Promise<unknown> {
  const [, step = "", , file = ""] = PropertyFile ? keysOf(PropertyFile.Get) : [];
  const where = PropertyFile ? `${step}'s ${file}` : String(await resolve(S3Uri, scope));
  const text = await (PropertyFile ? scope.readPropertyFile(step, file) : scope.readObject(where));
  return at(parsed(text, where), keysOf(Path.replace(/^\$\.?/, "")), `${where} at ${Path}`);
}

function parsed(text: string, where: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new UnresolvedReference(`${where} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

const lookUp = (path: string, roots: Scope["roots"]): unknown => at(roots, keysOf(path), path);

function at(value: unknown, keys: readonly string[], where: string): unknown {
  const found = keys.reduce(member, value);
  if (found === undefined) throw new UnresolvedReference(`There is nothing at ${where}`);
  return found;
}

/** Items of lists go by their place or by their name: `Outputs['train']`. */
function member(value: unknown, key: string): unknown {
  if (Array.isArray(value) && !/^\d+$/.test(key)) return (value as readonly unknown[]).find(isCalled(key));
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

const isCalled = (name: string) => (item: unknown) => {
  const { OutputName, InputName, ChannelName, MetricName } = (item ?? {}) as Readonly<
    Record<string, unknown>
  >;
  return [OutputName, InputName, ChannelName, MetricName].includes(name);
};
