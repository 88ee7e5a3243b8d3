import type { AccountFile } from "./account-file";
import type { Files, Finding, Rule } from "./rule";
import { textAt } from "./partial-account";
import type { Kind } from "./schema";
import { didYouMean } from "./suggest";

const references = [
  { key: "registry", kind: "registry" },
  { key: "ci", kind: "ci" },
  { key: "promotesTo", kind: "workload" },
] as const;

/** Each environment that a workload names is there and of the right kind. */
export const referencesExist: Rule = ({ partial }, files) =>
  references.flatMap(({ key, kind }) => {
    const name = textAt(partial, key);
    return name === undefined
      ? []
      : nameProblem(files, name, kind).map((message) => ({ path: [key], message }));
  });

function nameProblem({ accounts }: Files, name: string, kind: Kind): string[] {
  const rule = `must name an environment of kind "${kind}"`;
  const target = accounts.find((account) => account.name === name);
  if (target) {
    const other = target.partial.kind;
    return other === undefined || other === kind
      ? []
      : [`${rule}, but ${target.name}.json is of kind "${other}"`];
  }
  const candidates = accounts.filter(({ partial }) => partial.kind === kind).map((account) => account.name);
  if (candidates.length === 0) return [`${rule}, but there is none`];
  return [`${rule}${didYouMean(name, candidates) || ` (there are: ${candidates.join(", ")})`}`];
}

const find = ({ accounts }: Files, name: string | undefined, kind: Kind): AccountFile | undefined =>
  accounts.find((account) => account.name === name && account.partial.kind === kind);

/** Keys encrypt only in their own region, and so do SageMaker's model packages live in one. */
export const regionIsThatOfRegistry: Rule = ({ partial }, files) => {
  const registry = find(files, textAt(partial, "registry"), "registry");
  const own = partial.region ?? files.shared.region;
  const wanted = registry?.partial.region ?? files.shared.region;
  if (!registry || own === undefined || wanted === undefined || own === wanted) return [];
  return [
    partial.region === undefined
      ? {
          path: ["registry"],
          message: `must name a registry in this account's region (${own}), not ${wanted}`,
        }
      : { path: ["region"], message: `must be the region of its registry (${wanted})` },
  ];
};

const registryOf = (file: AccountFile | undefined): string | undefined =>
  file && textAt(file.partial, "registry");

/** A model that moves on stays registered where it is. */
export const promotionStaysInRegistry: Rule = ({ partial }, files) => {
  const own = find(files, textAt(partial, "registry"), "registry");
  const next = find(files, registryOf(find(files, textAt(partial, "promotesTo"), "workload")), "registry");
  if (!own || !next || own === next) return [];
  return [
    {
      path: ["promotesTo"],
      message: `must name a workload with the registry "${own.name}", not "${next.name}"`,
    },
  ];
};

/** Promotion comes to an end. A circle is reported once, at its first member by name. */
export const promotionEnds: Rule = (file, files): Finding[] => {
  if (textAt(file.partial, "promotesTo") === file.name)
    return [{ path: ["promotesTo"], message: "must not name its own environment" }];
  const way = wayFrom(file, files);
  const circle = way.length > 1 && way.at(-1) === file.name;
  if (!circle || way.some((name) => name < file.name)) return [];
  return [
    { path: ["promotesTo"], message: `must not lead back to its own environment (${way.join(" → ")})` },
  ];
};

/** Names from a workload onwards; the last is named twice if promotion runs in a circle. */
function wayFrom(file: AccountFile, files: Files): string[] {
  const way: string[] = [];
  for (
    let at: AccountFile | undefined = file;
    at;
    at = find(files, textAt(at.partial, "promotesTo"), "workload")
  ) {
    const seen = way.includes(at.name);
    way.push(at.name);
    if (seen) break;
  }
  return way;
}
