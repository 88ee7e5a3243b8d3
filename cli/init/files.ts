import { sharedFileName, schemaFileName } from "../../config/folder";
import { environmentJsonSchema } from "../../config/json-schema";
import type { Kind } from "../../config/schema";
import { models } from "../../pipelines";
import { knownOf } from "../../stacks/known";
import { appliedByCi, type Wanted, type WantedAccount } from "./wanted";

/** Names of files and what they hold. */
export type Files = ReadonlyMap<string, string>;

type Json = Readonly<Record<string, unknown>>;

/** The environment files, and the schema that editors check them with. */
export function environmentFiles(wanted: Wanted): Files {
  const { project, owner, region, adminRole, registry, workloads, ci } = wanted;
  const accounts = [
    ...workloads.map((workload) => accountFile("workload", workload, workloadKeys(wanted, workload))),
    ...(registry ? [accountFile("registry", registry)] : []),
    ...(ci ? [accountFile("ci", ci)] : []),
  ];
  return new Map([
    [sharedFileName, textOf({ project, owner, region, adminRole })],
    ...accounts,
    [schemaFileName, environmentJsonSchema(knownOf(models))],
  ]);
}

export const fileOf = ({ name }: { readonly name: string }): string => `${name}.json`;

const accountFile = (kind: Kind, { name, account }: WantedAccount, keys: Json = {}): [string, string] => [
  fileOf({ name }),
  textOf({ kind, account, ...keys }),
];

function workloadKeys(wanted: Wanted, { name, other }: WantedAccount): Json {
  const { registry, ci, emails, models } = wanted;
  const byCi = ci !== undefined && appliedByCi(wanted) === name;
  return {
    registry: registry?.name,
    ...(byCi && { ci: ci.name, requireApproval: true }),
    promotesTo: other,
    ...(emails.length > 0 && { alertEmails: emails }),
    models: Object.fromEntries(models.map((model) => [model, {}])),
  };
}

/** Longest line before Prettier breaks a list. */
const lineWidth = 110;

/** JSON as Prettier writes it: a list of texts stays on one line where it fits. Undefined values are left out. */
function textOf(keys: Json): string {
  const json = JSON.stringify({ $schema: `./${schemaFileName}`, ...keys }, undefined, 2);
  const lists = json.replace(
    /^( *"\w+": )\[\n([^[\]]*)\n *\](,?)$/gm,
    (list, key: string, items: string, end) => {
      const line = `${key}[${items.trim().replace(/\n */g, " ")}]${String(end)}`;
      return line.length <= lineWidth ? line : list;
    },
  );
  return `${lists}\n`;
}
