import type { Action, AttributeChange, ResourceSummary } from "../summary";

/** Signs of Terraform's own, which reviewers know. */
const signs: Readonly<Record<Action, string>> = {
  create: "+",
  change: "~",
  replace: "-/+",
  destroy: "-",
  import: "<=",
  move: "->",
  forget: "x",
};

/** Most attributes that are shown of one resource. */
const most = 40;

/** What a plan does to one resource, in lines: the resource first, then its attributes. */
export function describeResource(resource: ResourceSummary): string[] {
  const { action, address, attributes } = resource;
  const lines = attributes.slice(0, most).map(describeAttribute);
  const more = attributes.length - lines.length;
  return [
    `${signs[action]} ${address}${remarksOn(resource)}`,
    ...lines.map((line) => `    ${line}`),
    ...(more > 0 ? [`    … and ${more} more attributes`] : []),
  ];
}

function remarksOn({ action, reason, losing, movedFrom }: ResourceSummary): string {
  const remarks = [
    ...(action === "create" || action === "change" ? [] : [action]),
    ...(reason === undefined ? [] : [reason]),
    ...(movedFrom === undefined ? [] : [`was ${movedFrom}`]),
    ...(losing === undefined ? [] : [`LOSES ${losing.toUpperCase()}`]),
  ];
  return remarks.length > 0 ? `  (${remarks.join("; ")})` : "";
}

export function describeAttribute({ path, before, after }: AttributeChange): string {
  if (before === undefined) return `${path}: + ${after ?? "null"}`;
  return after === undefined ? `${path}: - ${before}` : `${path}: ${before} → ${after}`;
}
