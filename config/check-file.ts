import { z } from "zod";
import { formatPath, type Path, type Problem } from "./problems";
import { namesSecret, secretIn } from "./secrets";
import type { SourceFile } from "./source-file";
import { unknownKeyRule } from "./unknown-keys";

/** What one file says, as far as it is valid. */
export interface CheckedFile<Value> {
  readonly problems: readonly Problem[];
  /** The file with its defaults; undefined if there is any problem. */
  readonly value: Value | undefined;
  /** What is left of the file without the values that have problems: enough for rules across files. */
  readonly valid: unknown;
}

/** Checks a file against a schema, and that no secret is in it. */
export function checkFile<Schema extends z.ZodType>(
  source: SourceFile,
  schema: Schema,
): CheckedFile<z.output<Schema>> {
  if (source.value === undefined) return { problems: source.problems, value: undefined, valid: undefined };
  if (!isObject(source.value)) {
    return { problems: [source.atValue([], "must hold a JSON object")], value: undefined, valid: undefined };
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
    valid: withoutBroken(source.value, [...issues.flatMap(brokenPaths), ...secrets.map(({ path }) => path)]),
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function toProblems(source: SourceFile, schema: z.ZodType, issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path as Path;
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) =>
        source.atKey([...path, key], unknownKey(key, schemaAt(schema, source.value, path))),
      );
    case "invalid_key":
      return issue.issues.slice(0, 1).map(({ message }) => source.atKey(path, message));
    default:
      return [source.atValue(path, isMissing(source.value, path) ? "is required" : issue.message)];
  }
}

function unknownKey(key: string, schema: z.ZodType | undefined): string {
  if (namesSecret(key)) return "must not stand here: keep secrets in AWS Secrets Manager";
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  return unknownKeyRule(schema)(
    key,
    known.filter((name) => name !== "$schema"),
  );
}

function isMissing(value: unknown, path: Path): boolean {
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], value);
  return !Object.hasOwn(parent as object, path.at(-1) ?? "");
}

/** The schema of the object at a path. */
function schemaAt(schema: z.ZodType, value: unknown, path: Path): z.ZodType | undefined {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) {
    return schemaAt(schema.unwrap() as z.ZodType, value, path);
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const kind = (value as { readonly kind?: unknown }).kind;
    const option = (schema.options as z.ZodObject[]).find(
      ({ shape }) => (shape.kind as z.ZodLiteral).value === kind,
    );
    return option && schemaAt(option, value, path);
  }
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  const next = value as Readonly<Record<string | number, unknown>>;
  if (schema instanceof z.ZodRecord) return schemaAt(schema.valueType as z.ZodType, next[key], rest);
  if (schema instanceof z.ZodArray) return schemaAt(schema.element as z.ZodType, next[key], rest);
  if (!(schema instanceof z.ZodObject)) return undefined;
  return schemaAt(schema.shape[key] as z.ZodType, next[key], rest);
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
