import type { Json } from "../../terraform/plan-json";
import { identities } from "./identities";
import type { Pair } from "./pairs";
import { isList, isObject } from "./values";

/** Elements that have at least this share in common are one that changed. */
const alike = 0.5;

/** Of more elements than this none is compared with each other one. */
const most = 200;

/** Pairs elements without names: the same first, then the likest, then what is left at one place. */
export function pairsByContent(before: readonly Json[], after: readonly Json[]): Pair[] {
  const partners = new Map<number, number>();
  const free = {
    before: new Set(before.keys()),
    after: new Set(after.keys()),
  };
  const join = (from: number, to: number): void => {
    if (!free.before.has(from) || !free.after.has(to)) return;
    partners.set(from, to);
    free.before.delete(from);
    free.after.delete(to);
  };
  joinTheSame(before, after, join);
  joinTheLikest(before, after, free, join);
  for (const at of [...free.before]) join(at, at);
  return [
    ...before.map((_, from) => {
      const to = partners.get(from);
      return { name: to === undefined ? nameAt(before, from) : nameAt(after, to), from, to };
    }),
    ...[...free.after].map((to) => ({ name: nameAt(after, to), from: undefined, to })),
  ];
}

/** What an element is called: by its own name where no other has it, else by its place. */
function nameAt(list: readonly Json[], at: number): string {
  const [name] = namesOf(list[at]);
  const single = list.filter((item) => name !== undefined && namesOf(item)[0] === name).length === 1;
  return single && name !== undefined ? name : String(at);
}

const namesOf = (item: Json | undefined): string[] =>
  identities.flatMap((key) => {
    const name = isObject(item) ? item[key] : undefined;
    return typeof name === "string" ? [name] : [];
  });

type Join = (from: number, to: number) => void;

function joinTheSame(before: readonly Json[], after: readonly Json[], join: Join): void {
  const places = new Map<string, number[]>();
  after.forEach((item, to) => {
    const text = leaves(item, "").toSorted().join("\n");
    places.set(text, [...(places.get(text) ?? []), to]);
  });
  before.forEach((item, from) => {
    const to = places.get(leaves(item, "").toSorted().join("\n"))?.shift();
    if (to !== undefined) join(from, to);
  });
}

function joinTheLikest(
  before: readonly Json[],
  after: readonly Json[],
  free: { readonly before: ReadonlySet<number>; readonly after: ReadonlySet<number> },
  join: Join,
): void {
  if (Math.max(free.before.size, free.after.size) > most) return;
  const partsOf = (list: readonly Json[], at: number) => new Set(leaves(list[at] ?? null, ""));
  const pairs = [...free.before].flatMap((from) =>
    [...free.after].map((to) => ({
      from,
      to,
      likeness: likenessOf(partsOf(before, from), partsOf(after, to)),
    })),
  );
  const likest = pairs
    .filter(({ likeness }) => likeness >= alike)
    .toSorted((a, b) => b.likeness - a.likeness);
  for (const { from, to } of likest) join(from, to);
}

/** Share of parts that two elements have in common. */
function likenessOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((part) => b.has(part)).length;
  return common / (a.size + b.size - common);
}

/** All that an element says, leaf by leaf. */
function leaves(value: Json, path: string): string[] {
  if (isList(value)) return [`${path}[]`, ...value.flatMap((item) => leaves(item, `${path}[]`))];
  if (!isObject(value)) return [`${path}=${JSON.stringify(value)}`];
  return [path, ...Object.entries(value).flatMap(([name, item]) => leaves(item, `${path}.${name}`))];
}
