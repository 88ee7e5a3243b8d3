import { defaultRoleNames } from "../core/naming";
import type { AccountFile } from "./account-file";
import type { Files, Rule } from "./rule";
import { instancesIn } from "./known";
import { namesIn, textAt } from "./partial-account";

interface NamedBucket {
  readonly file: AccountFile;
  readonly key: string;
  readonly bucket: string;
}

const bucketsIn = (file: AccountFile): NamedBucket[] =>
  Object.entries(namesIn(file.partial))
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
export const rolesAreUnique: Rule = ({ partial }, { shared }) => {
  const names = namesIn(partial);
  const roles = { ...(partial.kind === "workload" ? defaultRoleNames : {}), ...names };
  const given =
    partial.kind === "ci"
      ? [
          {
            path: ["jenkinsServerRole"],
            key: "jenkinsServerRole",
            role: textAt(partial, "jenkinsServerRole"),
          },
        ]
      : Object.keys(defaultRoleNames).map((key) => ({ path: ["names", key], key, role: names[key] }));
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

/** Environment `dev-a` with model `b` and environment `dev` with model `a-b` would both make the stack `dev-a-b`. */
export const stacksAreUnique: Rule = (file, files: Files) => {
  const claims = files.accounts.flatMap((account) =>
    instancesOf(account, files).map((instance) => ({ ...instance, account })),
  );
  return claims
    .filter(({ account }) => account === file)
    .flatMap(({ id, model }) => {
      const others = claims.filter((claim) => claim.id === id && claim.account !== file);
      const twice = claims.filter((claim) => claim.id === id && claim.account === file).length > 1;
      if (others.length === 0 && !(twice && model !== undefined)) return [];
      const where = others[0] ? `${others[0].account.name}.json` : "this file";
      const path = model === undefined ? [] : ["models", model];
      const message = `must not make a stack that ${where} makes too (${id})`;
      return [{ path, message, at: "key" as const }];
    });
};

const instancesOf = ({ partial }: AccountFile, { known }: Files) =>
  known.stackKinds.flatMap((kind) => instancesIn(kind, partial));
