import { z } from "zod";
import { formatPath, type Path, type Problem } from "./problems";
import { namesSecret, secretIn } from "./secrets";
import type { SourceFile } from "./source-file";
import { didYouMean } from "./suggest";

/** What one file says, as far as it is sound. */
export interface CheckedFile<Value> {
  readonly problems: readonly Problem[];
  /** The file with its defaults; undefined if there is any problem. */
  readonly value: Value | undefined;
  /** What is left of the file without the values that have problems: enough for rules across files. */
  readonly sound: unknown;
}

/** Checks a file against a schema, and that no secret stands in it. */
export function checkFile<Schema extends z.ZodType>(
  source: SourceFile,
  schema: Schema,
): CheckedFile<z.output<Schema>> {
  if (source.value === undefined) return { problems: source.problems, value: undefined, sound: undefined };
  if (!isObject(source.value)) {
    return { problems: [source.atValue([], "must hold a JSON object")], value: undefined, sound: undefined };
  }
  const result = schema.safeParse(source.value);
  const issues = result.error?.issues ?? [];
  const secrets = findSecrets(source.value, []);
  const secretPaths = new Set(secrets.map(({ path }) => formatPath(path)));
  const broken = issues.flatMap((issue) => toProblems(source, schema, issue));
  const problems = [
    ...source.problems,
    ...secrets.map(({ path, what }) => source.atHiddenValue(path, secretRule(what))),
    ...broken.filter(({ path }) => !secretPaths.has(path)),
  ];
  return {
    problems,
    value: problems.length === 0 ? result.data : undefined,
    sound: withoutBroken(source.value, [...issues.flatMap(brokenPaths), ...secrets.map(({ path }) => path)]),
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function toProblems(source: SourceFile, schema: z.ZodType, issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path as Path;
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) =>
        source.atKey([...path, key], unknownKeyRule(key, keysAt(schema, source.value, path))),
      );
    case "invalid_key":
      return issue.issues.slice(0, 1).map(({ message }) => source.atKey(path, message));
    default:
      return [source.atValue(path, isMissing(source.value, path) ? "is required" : issue.message)];
  }
}

function unknownKeyRule(key: string, known: readonly string[]): string {
  if (namesSecret(key)) return "must not stand here: keep secrets in AWS Secrets Manager";
  return `is not a known key${didYouMean(key, known) || ` (known here: ${known.join(", ")})`}`;
}

function isMissing(value: unknown, path: Path): boolean {
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], value);
  return !Object.hasOwn(parent as object, path.at(-1) ?? "");
}

/** The keys a schema knows of the object at a path. */
function keysAt(schema: z.ZodType, value: unknown, path: Path): string[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) {
    return keysAt(schema.unwrap() as z.ZodType, value, path);
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const kind = (value as { readonly kind?: unknown }).kind;
    const option = (schema.options as z.ZodObject[]).find(
      ({ shape }) => (shape.kind as z.ZodLiteral).value === kind,
    );
    return option ? keysAt(option, value, path) : [];
  }
  const [key, ...rest] = path;
  if (schema instanceof z.ZodRecord) return keysAt(schema.valueType as z.ZodType, value, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  if (key === undefined) return Object.keys(schema.shape).filter((known) => known !== "$schema");
  return keysAt(schema.shape[key] as z.ZodType, value, rest);
}

interface FoundSecret {
  readonly path: Path;
  readonly what: string;
}

const secretRule = (what: string): string =>
  `must not hold a secret, and this looks like ${what}: keep it in AWS Secrets Manager`;

function findSecrets(value: unknown, path: Path): FoundSecret[] {
  if (typeof value === "string") {
    const what = secretIn(value);
    return what === undefined ? [] : [{ path, what }];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => findSecrets(item, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => findSecrets(item, [...path, key]));
}

function brokenPaths(issue: z.core.$ZodIssue): Path[] {
  const path = issue.path as Path;
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [path];
}

/** A copy without the values at the paths; of a list with a broken item, nothing is left. */
function withoutBroken(value: unknown, paths: readonly Path[]): unknown {
  const copy = structuredClone(value);
  for (const path of paths) {
    const list = path.findIndex((key) => typeof key === "number");
    const keys = list < 0 ? path : path.slice(0, list);
    const parent = keys.slice(0, -1).reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), copy);
    if (isObject(parent)) Reflect.deleteProperty(parent, keys.at(-1) ?? "");
  }
  return copy;
}
