import type { NamedPolicy, PolicyDocument } from "../../audit/policies";

/** What has changed of the policies that stand in local AWS, as its server tells it. */
export interface Told {
  /** By ARN. */
  readonly roles: Readonly<Record<string, ToldRole>>;
  readonly guarded: readonly ToldGuard[];
  /** ARNs of roles and resources that are there no more. */
  readonly gone: readonly string[];
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
  private readonly roles = new Map<string, StandingRole>();
  private readonly guards = new Map<string, Guard>();

  update({ roles, guarded, gone }: Told): void {
    for (const [arn, role] of Object.entries(roles)) this.roles.set(arn, this.role(role));
    for (const guard of guarded) this.guards.set(guard.arn, this.guard(guard));
    for (const arn of gone) {
      this.roles.delete(arn);
      this.guards.delete(arn);
    }
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
