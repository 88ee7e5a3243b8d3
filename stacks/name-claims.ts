import type { AccountRegion } from "../core/arns";
import { partitionOf } from "../core/partition";
import { physicalNames, type NameScope } from "../core/physical-names";

type Block = Readonly<Record<string, unknown>>;

/** A stack's resources by type and name: as Terraform's JSON has them, or with the attributes of a state. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** Which stack, and where it is. */
export interface Claimant extends AccountRegion {
  readonly stack: string;
}

/** A resource that has a physical name, or would get it. */
export interface NameClaim {
  readonly stack: string;
  /** Address within the stack. */
  readonly address: string;
  /** Such as `aws_sns_topic "alerts" in account 111111111111, us-east-1`; equal for two claims on one name. */
  readonly name: string;
  /** Names of what it is a part of, such as the bucket of a bucket policy. */
  readonly partOf: readonly string[];
}

/** Several resources that would be one on AWS. */
export class NameClashError extends Error {
  /** @param clashes the claims on each of the names */
  constructor(readonly clashes: readonly (readonly NameClaim[])[]) {
    super(clashes.map(describe).join("\n"));
    this.name = "NameClashError";
  }
}

const describe = (claims: readonly NameClaim[]): string =>
  `${claims[0]?.name ?? ""} must belong to one resource only, but is claimed by ` +
  claims.map(({ stack, address }) => `${address} of ${stack}`).join(" and by ");

/**
 * The physical names that a stack's resources have.
 * @throws Error naming a type that `core/physical-names.ts` lacks
 */
export const claimsOf = (claimant: Claimant, resources: Resources): NameClaim[] =>
  Object.entries(resources).flatMap(([type, byName]) =>
    Object.entries(byName).flatMap(([name, block]) => {
      const claimed = nameOf(claimant, resources, [type, block]);
      if (claimed === undefined) return [];
      const partOf = Object.values(block).flatMap((value) => {
        const whole = resourceAt(resources, value);
        return whole && whole[1] !== block ? (nameOf(claimant, resources, whole) ?? []) : [];
      });
      return [{ stack: claimant.stack, address: `${type}.${name}`, name: claimed, partOf }];
    }),
  );

/**
 * Where two resources are one, so are their parts: those are not said.
 * @throws NameClashError with every name that more than one resource claims
 */
export function refuseClashes(claims: readonly NameClaim[]): void {
  const byName = new Map<string, NameClaim[]>();
  for (const claim of claims) byName.set(claim.name, [...(byName.get(claim.name) ?? []), claim]);
  const isClash = (name: string) => (byName.get(name)?.length ?? 0) > 1;
  const clashes = [...byName.values()].filter(
    (all) => all.length > 1 && !all.every(({ partOf }) => partOf.some(isClash)),
  );
  if (clashes.length > 0) throw new NameClashError(clashes);
}

/** A resource's type, and what is said of it. */
type TypedBlock = readonly [type: string, block: Block];

/** Undefined where AWS or the provider makes a name up. */
function nameOf(claimant: Claimant, resources: Resources, resource: TypedBlock): string | undefined {
  const [type] = resource;
  const named = physicalNames[type];
  if (named === undefined)
    throw new Error(`${type} must have a line in core/physical-names.ts: what such resources are called by`);
  const name = plainNameOf(claimant, resources, resource);
  if (named === "unnamed" || name === "") return undefined;
  return `${type} "${named.anyCase ? name.toLowerCase() : name}" ${placeOf(claimant, named.scope)}`;
}

/** Empty where it has none. */
function plainNameOf(claimant: Claimant, resources: Resources, [type, block]: TypedBlock): string {
  const named = physicalNames[type];
  if (!named || named === "unnamed") return "";
  const values = named.by.map((argument) => block[argument] ?? named.otherwise?.[argument]);
  return values.flatMap((value) => resolved(claimant, resources, value) ?? []).join(" ");
}

function placeOf({ account, region }: Claimant, scope: NameScope): string {
  if (scope === "partition") return `in partition ${partitionOf(region).name}`;
  return scope === "account" ? `in account ${account}` : `in account ${account}, ${region}`;
}

/** What an argument says; for a reference, the name of what it refers to. */
function resolved(claimant: Claimant, resources: Resources, value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const found = resourceAt(resources, value);
  const name = found && plainNameOf(claimant, resources, found);
  if (name) return name;
  return value.includes("${") ? `${claimant.stack}/${value}` : value;
}

/** A reference to a resource of the same stack, as cdktf writes it. */
const reference = /^\$\{(aws_\w+)\.([\w-]+)\.\w+\}$/;

/** The resource of the same stack that an argument refers to: by its address, or in a state by its ARN. */
function resourceAt(resources: Resources, value: unknown): TypedBlock | undefined {
  if (typeof value !== "string") return undefined;
  const [, type = "", name = ""] = reference.exec(value) ?? [];
  const block = resources[type]?.[name];
  if (block) return [type, block];
  if (!value.startsWith("arn:")) return undefined;
  return Object.entries(resources)
    .flatMap(([other, byName]) => Object.values(byName).map((each): TypedBlock => [other, each]))
    .find(([other, { arn }]) => arn === value && !isNamedByArn(other));
}

/** Such as a topic's policy, whose ARN is the topic's. */
function isNamedByArn(type: string): boolean {
  const named = physicalNames[type];
  return named !== undefined && named !== "unnamed" && named.by.includes("arn");
}
