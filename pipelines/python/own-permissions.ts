import { partitionOf } from "../../core/partition";
import { scriptsFolder } from "../../core/scripts";
import type { OwnStatement } from "../definition";
import { allSteps, type RenderedDefinition } from "../definition/rendered/json";
import type { ModelContext } from "../model";
import { ModelError } from "../model-error";

/** What a model asks for beside what follows from its definitions, as it is declared. */
export interface OwnPermissions {
  readonly statements: readonly OwnStatement[];
  /** A complaint with its place, of what is at a path from the statements. */
  readonly complain: (path: readonly (string | number)[], message: string) => string;
}

type Place = Pick<ModelContext, "region" | "account" | "dataBucket" | "closedBuckets"> & {
  readonly model: string;
};

/**
 * The statements for an account.
 * @param definitions of all of the model's pipelines
 * @throws ModelError naming all steps that there are not, and all places that are the product's or another model's
 */
export function ownStatements(
  { statements, complain }: OwnPermissions,
  definitions: readonly RenderedDefinition[],
  place: Place,
): OwnStatement[] {
  const names = new Set(definitions.flatMap(({ Steps }) => allSteps(Steps)).map(({ Name }) => Name));
  const filled = statements.map((statement) => ({
    ...statement,
    resources: statement.resources.map((resource) => fill(resource, place)),
  }));
  const faults = filled.flatMap(({ steps, actions, resources }, at) => [
    ...steps.flatMap((step, index) =>
      names.has(step)
        ? []
        : [complain([at, "steps", index], `must name a step (${[...names].join(", ")}), got: "${step}"`)],
    ),
    ...resources.flatMap((resource, index) => {
      const fault = faultOfPlace(resource, actions, place);
      return fault === undefined ? [] : [complain([at, "resources", index], `${fault}, got: "${resource}"`)];
    }),
  ]);
  if (faults.length > 0) throw new ModelError(faults.join("\n"));
  return filled;
}

const fill = (resource: string, { region, account, dataBucket }: Place): string =>
  resource
    .replaceAll("{region}", region)
    .replaceAll("{account}", account)
    .replaceAll("{data_bucket}", dataBucket)
    .replace(/^arn:aws:/, `arn:${partitionOf(region).name}:`);

/** Buckets of the product's have rules of their own: states, versions, the rows of other models, and scripts, which are applied. */
function faultOfPlace(
  resource: string,
  actions: readonly string[],
  { model, dataBucket, closedBuckets = [] }: Place,
): string | undefined {
  const [, bucket = "", prefix = ""] = /^s3:\/\/([^/]+)\/(.*)$/.exec(resource) ?? [];
  if (closedBuckets.includes(bucket)) return "must not be a bucket of states or of versions";
  if (bucket !== dataBucket) return undefined;
  if (!prefix.startsWith(`${model}/`))
    return `must be below ${model}/ in the data bucket: the rest is other models'`;
  const scripts = scriptsFolder(model);
  const overlaps = prefix.startsWith(scripts) || scripts.startsWith(prefix);
  return overlaps && actions.includes("s3:PutObject")
    ? "must not write scripts, which are applied"
    : undefined;
}
