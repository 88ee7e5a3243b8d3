import { arnParts } from "../text/arn";
import { clock, count } from "../text/format";
import { markup, type Markup } from "../text/markup";
import type { RoleAssumption } from "../types";
import type { AccountName } from "./environments";
import { section, type Absent } from "./section";
import { table } from "./table";

/** Assumptions of one role by one principal. */
export interface RoleGroup {
  readonly roleArn: string;
  readonly principal: string;
  readonly times: number;
  /** Time of the earliest. */
  readonly first: string;
}

/** Who assumed which role. */
export function rolesSection(roles: readonly RoleAssumption[], nameOf: AccountName, absent: Absent): Markup {
  const props = { id: "roles", title: "Roles assumed" };
  if (roles.length === 0) return section(props, absent("No role was assumed"));
  const rows = groupRoles(roles).map(({ roleArn, principal, times, first }) => [
    identity(roleArn, nameOf),
    identity(principal, nameOf),
    count(times),
    clock(first),
  ]);
  const columns = [
    { title: "Role" },
    { title: "Assumed by" },
    { title: "Times", className: "figure" },
    { title: "First (UTC)", className: "figure" },
  ];
  return section(
    props,
    table({ caption: "Who assumed which role", columns, rows, className: "plain roles" }),
  );
}

/** Groups by role and principal, in the order of their first times. */
export function groupRoles(roles: readonly RoleAssumption[]): RoleGroup[] {
  const groups = new Map<string, RoleGroup>();
  for (const { roleArn, principal, time } of roles) {
    const key = JSON.stringify([roleArn, principal]);
    const group = groups.get(key) ?? { roleArn, principal, times: 0, first: time };
    const first = time < group.first ? time : group.first;
    groups.set(key, { ...group, times: group.times + 1, first });
  }
  return [...groups.values()].sort((a, b) => a.first.localeCompare(b.first, "en"));
}

function identity(text: string, nameOf: AccountName): Markup {
  const arn = arnParts(text);
  if (!arn) return markup`<span class="term">${text}</span>`;
  return markup`<span class="term">${arn.name}</span> <span class="where">${nameOf(arn.account)}</span>`;
}
