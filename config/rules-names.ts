import type { AccountFile } from "./account-file";
import type { Files, Rule } from "./rule";
import { defaultRoleNames } from "./schema";

interface NamedBucket {
  readonly file: AccountFile;
  readonly key: string;
  readonly bucket: string;
}

const bucketsIn = (file: AccountFile): NamedBucket[] =>
  Object.entries(file.draft.names ?? {})
    .filter(([key]) => key.endsWith("Bucket"))
    .map(([key, bucket]) => ({ file, key, bucket }));

/** Bucket names are unique in all of S3. */
export const bucketsAreUnique: Rule = (file, { accounts }) => {
  const all = accounts.flatMap(bucketsIn);
  return bucketsIn(file).flatMap(({ key, bucket }) => {
    const other = all.find((named) => named.bucket === bucket && !(named.file === file && named.key === key));
    if (!other) return [];
    const where = `names.${other.key} of ${other.file.name}.json`;
    return [{ path: ["names", key], message: `must be the name of one bucket only, but is also ${where}` }];
  });
};

/** The roles in an account are different ones: one that is two would have the rights of both. */
export const rolesAreUnique: Rule = ({ draft }, { shared }) => {
  const roles = { ...(draft.kind === "workload" ? defaultRoleNames : {}), ...draft.names };
  const given =
    draft.kind === "ci"
      ? [{ path: ["jenkinsServerRole"], key: "jenkinsServerRole", role: draft.jenkinsServerRole }]
      : Object.keys(defaultRoleNames).map((key) => ({ path: ["names", key], key, role: draft.names?.[key] }));
  const named = [
    ...Object.entries(roles).map(([key, role]) => ({ key, role })),
    { key: "adminRole", role: shared.adminRole },
  ];
  return given.flatMap(({ path, key, role }) => {
    const other = named.find(
      (candidate) => candidate.key !== key && role !== undefined && candidate.role === role,
    );
    return other
      ? [{ path, message: `must be another role than ${other.key} (IAM would mix their rights)` }]
      : [];
  });
};

/** Stack ids an account makes; a model's stack is named at its key. */
function stacksOf({ name, draft }: AccountFile): { readonly id: string; readonly model?: string }[] {
  const state = { id: `${name}-state` };
  if (draft.kind === undefined) return [state];
  if (draft.kind !== "workload") return [state, { id: name }];
  const models = Object.keys(draft.models ?? {}).map((model) => ({ id: `${name}-${model}`, model }));
  return [state, { id: `${name}-foundation` }, ...models];
}

/** Environment `dev-a` with model `b` and environment `dev` with model `a-b` would both make the stack `dev-a-b`. */
export const stacksAreUnique: Rule = (file, files: Files) => {
  const owners = new Map<string, AccountFile[]>();
  for (const account of files.accounts) {
    for (const { id } of stacksOf(account)) owners.set(id, [...(owners.get(id) ?? []), account]);
  }
  return stacksOf(file).flatMap(({ id, model }) => {
    const others = (owners.get(id) ?? []).filter((owner) => owner !== file);
    const twice = (owners.get(id) ?? []).filter((owner) => owner === file).length > 1;
    if (others.length === 0 && !(twice && model !== undefined)) return [];
    const where = others[0] ? `${others[0].name}.json` : "this file";
    const path = model === undefined ? [] : ["models", model];
    const message = `must not make a stack that ${where} makes too (${id})`;
    return [{ path, message, at: "key" as const }];
  });
};
