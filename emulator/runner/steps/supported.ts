import type { StepDefinition } from "../definition/schema";
import supported from "../supported.json";

type Table = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
const tables = supported.arguments as Table;

/** Kinds whose rules hold of others, at a place: a quality check is a processing job too, and tuning launches training jobs. */
const alsoRuled: Readonly<Record<string, readonly (readonly [kind: string, place: string])[]>> = {
  QualityCheck: [["Processing", ""]],
  Tuning: [["Training", "TrainingJobDefinition."]],
};

/** What the arguments of a kind must be. */
const rulesOf = (kind: string): readonly (readonly [string, readonly string[]])[] =>
  [...(alsoRuled[kind] ?? []), [kind, ""] as const].flatMap(([each, place]) =>
    Object.entries(tables[each] ?? {}).map(([path, possible]) => [`${place}${path}`, possible] as const),
  );

/** What a script of somebody's own decides, where a step has one. */
const { given, decide } = supported.scripts;

const isDecided = (path: string, step: unknown): boolean =>
  decide.some((each) => path.endsWith(each)) &&
  given.some((each) => valuesAt(step, each.split(".")).length > 0);

/** Kinds of step that the runner runs. */
export const { kinds } = supported;

/**
 * The first argument of a step that asks for what the runner has not, if the definition tells. Local AWS goes by the same
 * table when an execution is started; here parameters have values.
 */
export function unsupportedArgument({ Name, Type, Arguments }: StepDefinition): string | undefined {
  const rules = rulesOf(Type).filter(([path]) => !isDecided(path, Arguments));
  const faults = rules.flatMap(([path, possible]) =>
    valuesAt(Arguments, path.split("."))
      .filter((value) => !isReference(value) && !possible.some((each) => isLike(each, value)))
      .map((value) => {
        const must = possible.length > 0 ? `must be ${possible.join(" or ")}` : "must not be given";
        return `Step ${Name}: ${path} ${must} for the runner, got: ${JSON.stringify(value)}`;
      }),
  );
  return faults[0];
}

/** `text/csv*` is how a text may begin. */
const isLike = (possible: string, value: unknown): boolean =>
  possible.endsWith("*") ? String(value).startsWith(possible.slice(0, -1)) : String(value) === possible;

const isReference = (value: unknown): boolean =>
  typeof value === "object" && /^(Get|Std:.*)$/.test(Object.keys(value ?? {}).join());

/** What is given at a path, in each item of a list where a key ends with `[]`. */
function valuesAt(value: unknown, [key, ...keys]: readonly string[]): unknown[] {
  if (value === undefined || value === null) return [];
  if (key === undefined) return [value];
  const inner = (value as Readonly<Record<string, unknown>>)[key.replace("[]", "")];
  const items: readonly unknown[] = key.endsWith("[]") && Array.isArray(inner) ? inner : [inner];
  return items.flatMap((item) => valuesAt(item, keys));
}
