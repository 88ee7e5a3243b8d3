import { accessRoleName, accessRoles } from "../core/access-roles";
import { defaultRoleNames } from "../core/naming";
import { partitionOf } from "../core/partition";
import type { AccountFile } from "./account-file";
import { namesIn, textAt } from "./partial-account";
import type { Path } from "./problems";
import type { Files, Finding, Rule } from "./rule";

interface NamedPrincipal {
  readonly path: Path;
  readonly role: string;
  readonly arn: string;
}

/** Whom a file names, role by role. */
const principalsIn = ({ partial }: AccountFile): NamedPrincipal[] =>
  Object.entries((partial.access ?? {}) as Readonly<Record<string, readonly string[]>>).flatMap(
    ([role, arns]) => arns.map((arn, index) => ({ path: ["access", role, index], role, arn })),
  );

/** Nobody is known in another partition than their own. */
export const principalsAreInPartition: Rule = (file, { shared }) => {
  const region = file.partial.region ?? shared.region;
  if (region === undefined) return [];
  const { name } = partitionOf(region);
  return principalsIn(file)
    .filter(({ arn }) => !arn.startsWith(`arn:${name}:`))
    .map(({ path }) => ({ path, message: `must be of the partition of ${region} ("arn:${name}:…")` }));
};

/**
 * A role for daily work is for people: a stack's own role that could assume one would have more than its stack says. A CI server may
 * plan, so that it can look for configuration drift everywhere: its stack lets it.
 */
export const principalsAreNoStacksRoles: Rule = (file, files) => {
  const made = files.accounts.flatMap((account) =>
    rolesMadeIn(account, files).map((arn) => ({ arn, isServer: isServersRole(account, arn) })),
  );
  return principalsIn(file)
    .filter(({ arn, role }) => made.some((own) => own.arn === arn && !(own.isServer && role === "planner")))
    .map(({ path }) => ({ path, message: "must not be a role that the stacks make" }));
};

const serverRoleOf = (partial: AccountFile["partial"]): string =>
  textAt(partial, "jenkinsServerRole") ?? "jenkins-server-role";

const isServersRole = ({ partial }: AccountFile, arn: string): boolean =>
  partial.kind === "ci" && arn.endsWith(`:role/${serverRoleOf(partial)}`);

function rolesMadeIn({ partial }: AccountFile, { shared }: Files): string[] {
  const region = partial.region ?? shared.region;
  if (partial.account === undefined || region === undefined) return [];
  const prefix = `arn:${partitionOf(region).name}:iam::${partial.account}:role/`;
  const { project } = shared;
  const own = partial.kind === "workload" ? { ...defaultRoleNames, ...namesIn(partial) } : {};
  const roles = [
    ...Object.keys(defaultRoleNames).flatMap((key) => (own as Record<string, string>)[key] ?? []),
    ...(partial.kind === "ci" ? [serverRoleOf(partial)] : []),
    ...(project === undefined ? [] : accessRoles.map((role) => accessRoleName(project, role))),
  ];
  return roles.map((role) => prefix + role);
}

/** Whoever trains does not approve. */
export const scientistsDoNotApprove: Rule = (file, { accounts }): Finding[] => {
  const training = accounts.filter(({ partial }) => textAt(partial, "registry") === file.name);
  return principalsIn(file)
    .filter(({ role }) => role === "approver")
    .flatMap(({ path, arn }) => {
      const where = training.find((other) =>
        principalsIn(other).some((named) => named.role === "scientist" && named.arn === arn),
      );
      return where
        ? [{ path, message: `must not be one of those who train, but is a scientist of ${where.name}.json` }]
        : [];
    });
};
