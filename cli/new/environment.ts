import { existsSync } from "node:fs";
import { join } from "node:path";
import { schemaFileName } from "../../config/folder";
import { environmentNameRule, isEnvironmentName } from "../../config/formats";
import type { Estate, Kind } from "../../config/schema";
import { workloadsOf } from "../../stacks/topology";
import { UsageError } from "../errors";
import { findWorkload } from "../estate/find";
import type { Files } from "../init/files";
import { environmentText, withValue } from "./environment-files";

/** What a new environment's file is to say; the checker has the last word. */
export interface WantedEnvironment {
  readonly kind: Kind;
  readonly account: string;
  /** The registry of its models. @default the only one */
  readonly registry?: string;
  readonly ci?: string;
  /** The workload whose models come here next. */
  readonly after?: string;
  readonly promotesTo?: string;
  readonly email?: readonly string[];
  /** @default all that other workloads run */
  readonly model?: readonly string[];
}

/** @throws UsageError for a name that no environment can have, or whose file is there already */
export function checkEnvironmentName(directory: string, name: string): void {
  if (!isEnvironmentName(name))
    throw new UsageError(`A file ${environmentNameRule}, got: ${JSON.stringify(name)}`);
  if (existsSync(join(directory, `${name}.json`))) throw new UsageError(`${name}.json is there already`);
}

/**
 * The files of a new environment: its own, and that of the one whose models come to it.
 * @throws UsageError where another promotes elsewhere, or a registry must be named
 */
export function filesOfEnvironment(
  { directory, estate }: { readonly directory: string; readonly estate: Estate },
  name: string,
  wanted: WantedEnvironment,
): Files {
  const { kind, account, after } = wanted;
  const keys = kind === "workload" ? workloadKeys(estate, wanted) : {};
  const text = JSON.stringify({ $schema: `./${schemaFileName}`, kind, account, ...keys }, undefined, 2);
  const own: [string, string] = [`${name}.json`, `${text}\n`];
  if (after === undefined) return new Map([own]);
  const { promotesTo } = findWorkload(estate, after);
  if (promotesTo !== undefined && promotesTo !== wanted.promotesTo)
    throw new UsageError(
      `${after} promotes to ${promotesTo}: --promotes-to ${promotesTo} puts ${name} between them`,
    );
  return new Map([
    own,
    [`${after}.json`, withValue(environmentText(directory, after), ["promotesTo"], name)],
  ]);
}

function workloadKeys(estate: Estate, { registry, ci, promotesTo, email, model }: WantedEnvironment) {
  const registries = estate.environments.filter(({ kind }) => kind === "registry").map(({ name }) => name);
  const [only, ...more] = registries;
  if (registry === undefined && more.length > 0)
    throw new UsageError(`--registry must name one of: ${registries.join(", ")}`);
  const run = workloadsOf(estate).flatMap(({ models }) => Object.keys(models));
  const models = Object.fromEntries((model ?? [...new Set(run)]).map((each) => [each, {}]));
  // Undefined values are left out of JSON.
  return { registry: registry ?? only, ci, promotesTo, alertEmails: email, models };
}
