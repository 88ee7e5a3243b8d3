import { closest, distance } from "fastest-levenshtein";
import type { z } from "zod";
import type { Problem } from "./problems";
import { looksLikeSecret, type Path, type SourceFile } from "./source-file";

/** What checking one file against its schema gives: the value, or why there is none. */
export type Checked<Value> =
  | { readonly value: Value; readonly problems: readonly [] }
  | { readonly value: undefined; readonly problems: readonly Problem[] };

/** Checks a file's value against a schema and places every issue at its line. */
export function checkFile<Schema extends z.ZodType>(source: SourceFile, schema: Schema): Checked<z.output<Schema>> {
  if (source.problems.length > 0) return { value: undefined, problems: source.problems };
  const result = schema.safeParse(source.value);
  const secrets = findSecrets(source, source.value, []);
  if (result.success && secrets.length === 0) return { value: result.data, problems: [] };
  const issues = result.success ? [] : result.error.issues.flatMap((issue) => toProblems(source, issue));
  return { value: undefined, problems: [...issues, ...secrets] };
}

function toProblems(source: SourceFile, issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path as Path;
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => source.problemAtKey([...path, key], unknownKeyRule(key, knownKeysAt(path))));
    case "invalid_key":
      return issue.issues.map(({ message }) => source.problemAtKey(path, message));
    case "invalid_type":
      return [source.problem(path, typeRule(source, path, issue.expected))];
    case "invalid_union":
      return [source.problem(path, "must be one of workload, registry, ci")];
    case "invalid_value":
      return [source.problem(path, issue.message)];
    default:
      return [source.problem(path, issue.message)];
  }
}

const articles: Readonly<Record<string, string>> = {
  object: "an object",
  record: "an object",
  array: "a list",
  boolean: "true or false",
  string: "a string",
};

function typeRule(source: SourceFile, path: Path, expected: string): string {
  const missing = path.length > 0 && valueAt(source.value, path) === undefined;
  return missing ? "is required" : `must be ${articles[expected] ?? expected}`;
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<string | number, unknown> | undefined)?.[key], value);

const accountKeys = ["kind", "account", "region", "registry", "ci", "promotesTo", "alertEmails", "models", "names"];
const sharedKeys = ["project", "owner", "adminRole", "tags", "jenkinsServerRole"];
const modelKeys = ["inferenceSchedule", "retrainOnDrift"];
const nameKeys = ["dataBucket", "stateBucket", "artifactsBucket", "executionRole", "lambdaRole", "deployRole"];

/** Keys a reader may have meant at a place. */
function knownKeysAt(path: Path): readonly string[] {
  if (path[0] === "models") return modelKeys;
  if (path[0] === "names") return nameKeys;
  return [...accountKeys, ...sharedKeys];
}

const unknownKeyRule = (key: string, known: readonly string[]): string => `is not a known key${didYouMean(key, known)}`;

/** A hint at the nearest known word, where one is near; empty otherwise. */
export function didYouMean(word: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const nearest = closest(word, known);
  const limit = Math.max(2, Math.floor(word.length / 3));
  return distance(word.toLowerCase(), nearest.toLowerCase()) <= limit ? `; did you mean ${nearest}?` : "";
}

function findSecrets(source: SourceFile, value: unknown, path: Path): Problem[] {
  if (typeof value === "string" && looksLikeSecret(value)) {
    return [source.problem(path, "must not hold a secret; name it in Secrets Manager", { showValue: false })];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => findSecrets(source, child, [...path, key]));
}
