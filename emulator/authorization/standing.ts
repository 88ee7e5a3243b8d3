import type { NamedPolicy, PolicyDocument } from "../../audit/policies";

/** The policies that stand in local AWS, as its server tells them. */
export interface Told {
  /** By ARN. */
  readonly roles: Readonly<Record<string, ToldRole>>;
  readonly guarded: readonly ToldGuard[];
}

interface ToldRole {
  /** Names and texts. */
  readonly policies: readonly (readonly [string, string])[];
  readonly boundary: readonly [string, string] | null;
}

interface ToldGuard {
  readonly arn: string;
  readonly account: string;
  /** None: it has no policy of its own. */
  readonly policy: string | null;
  /** Of a key. */
  readonly aliases?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
}

export interface StandingRole {
  readonly policies: readonly NamedPolicy[];
  readonly boundary: NamedPolicy | undefined;
}

/** A resource, and the policy that guards it. */
export interface Guard {
  readonly arn: string;
  readonly account: string;
  readonly policy: PolicyDocument | undefined;
  readonly aliases: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** The policies that stand, each read once. */
export class Standing {
  private readonly documents = new Map<string, PolicyDocument>();
  private roles = new Map<string, StandingRole>();
  private guards = new Map<string, Guard>();

  update({ roles, guarded }: Told): void {
    this.roles = new Map(Object.entries(roles).map(([arn, role]) => [arn, this.role(role)]));
    this.guards = new Map(guarded.map((guard) => [guard.arn, this.guard(guard)]));
  }

  roleOf(arn: string): StandingRole | undefined {
    return this.roles.get(arn);
  }

  /** What guards a resource: its own policy, that of an object's bucket, of a version's group. */
  guardOf(resource: string): Guard | undefined {
    return this.guards.get(resource) ?? this.guards.get(holderOf(resource));
  }

  private role({ policies, boundary }: ToldRole): StandingRole {
    const named = ([name, text]: readonly [string, string]) => ({ name, policy: this.document(text) });
    return { policies: policies.map(named), boundary: boundary ? named(boundary) : undefined };
  }

  private guard({ arn, account, policy, aliases = [], tags = {} }: ToldGuard): Guard {
    return { arn, account, aliases, tags, policy: policy === null ? undefined : this.document(policy) };
  }

  private document(text: string): PolicyDocument {
    const known = this.documents.get(text);
    if (known) return known;
    const document = asLists(JSON.parse(text) as PolicyDocument);
    this.documents.set(text, document);
    return document;
  }
}

const asLists = ({ Statement, ...rest }: PolicyDocument): PolicyDocument => ({
  ...rest,
  Statement: [Statement].flat(),
});

function holderOf(resource: string): string {
  if (resource.startsWith("arn:aws:s3:::")) return resource.split("/", 1)[0] ?? "";
  const [, place, group] = /^(arn:[^/]*):model-package\/([^/]+)\//.exec(resource) ?? [];
  return place && group ? `${place}:model-package-group/${group}` : "";
}
