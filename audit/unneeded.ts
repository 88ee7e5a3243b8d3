import { readFileSync } from "node:fs";
import type { Policies } from "./policies";
import { matches, matchesAction } from "./wildcards";

/** What somebody needed, as local AWS was asked. */
export interface RecordedNeed {
  /** ARN. */
  readonly role: string;
  readonly action: string;
  /** ARN; `*` for what acts on no one resource. */
  readonly resource: string;
}

/** One action that a policy of a role allows. */
export interface UnneededGrant {
  /** ARN. */
  readonly role: string;
  readonly policy: string;
  readonly action: string;
  /** Those that nothing was asked of. */
  readonly resources: readonly string[];
}

/** What roles are granted, and nobody of them needed. */
export function unneededGrants({ roles }: Policies, needs: readonly RecordedNeed[]): UnneededGrant[] {
  return roles.flatMap(({ arn, policies }) => {
    const own = needs.filter(({ role }) => role === arn);
    return policies.flatMap(({ name, policy }) =>
      policy.Statement.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action, Resource = ["*"] }) =>
        Action.flatMap((action): UnneededGrant[] => {
          const asked = own.filter((need) => matchesAction(action, need.action));
          const resources = Resource.filter((one) => !asked.some((need) => matches(one, need.resource)));
          return resources.length === 0 ? [] : [{ role: arn, policy: name, action, resources }];
        }),
      ),
    );
  });
}

/** Reads what local AWS wrote down: a line of JSON a need. @throws Error where a line is something else */
export const readNeeds = (file: string): RecordedNeed[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line, at) => (line === "" ? [] : [needIn(line, `${file}:${at + 1}`)]));

function needIn(line: string, place: string): RecordedNeed {
  try {
    const { role, action, resource } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    if (typeof role === "string" && typeof action === "string" && typeof resource === "string")
      return { role, action, resource };
  } catch {
    // is told below
  }
  throw new Error(`${place} is no need that local AWS wrote down`);
}
