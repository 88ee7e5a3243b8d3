import type { Lock } from "../../estate/state-object";
import type { CodeFacts } from "./code-facts";
import type { Manifest, ManifestStack } from "./schema";

/** One stack that was planned, as it is now. */
export interface PresentStack {
  readonly account: string;
  readonly region: string;
  readonly appliedBy: ManifestStack["appliedBy"];
  readonly synthHash: string;
  readonly providers: ManifestStack["providers"];
  readonly providerLockHash: string;
  readonly state: ManifestStack["state"];
  /** Undefined where the saved plan is gone. */
  readonly planHash: string | undefined;
  /** Who holds the lock on its state. */
  readonly lock: Lock | undefined;
}

/** What of the code differs from the time of the plan, in words; empty where nothing does. */
export function codeDifferences(planned: CodeFacts, present: CodeFacts): string[] {
  return [
    ...commitDifference(planned.commit, present.commit),
    ...different("package-lock.json", planned.packageLockHash, present.packageLockHash, shortHash),
    ...different("Terraform", planned.terraform, present.terraform),
  ];
}

/** What differs of a stack; undefined is a stack that the estate no longer has. */
export function stackDifferences(planned: ManifestStack, present: PresentStack | undefined): string[] {
  if (!present) return [`${planned.id}: the estate has no such stack any more`];
  const differences = [
    ...different("account", planned.account, present.account),
    ...different("region", planned.region, present.region),
    ...different("applied by", planned.appliedBy, present.appliedBy),
    ...different("synthesised files", planned.synthHash, present.synthHash, shortHash),
    ...different("providers", providersOf(planned), providersOf(present)),
    ...different(".terraform.lock.hcl", planned.providerLockHash, present.providerLockHash, shortHash),
    ...different("saved plan", planned.planHash, present.planHash ?? "", shortHash),
    ...stateDifference(planned.state, present.state),
    ...lockHeld(planned.id, present.lock),
  ];
  return differences.map((difference) => `${planned.id}: ${difference}`);
}

const shortHash = (hash: string): string => (hash === "" ? "gone" : hash.slice(0, 12));

const different = (
  what: string,
  planned: string,
  present: string,
  show = (value: string) => value,
): string[] => (planned === present ? [] : [`${what} planned with ${show(planned)}, now ${show(present)}`]);

function commitDifference(planned: Manifest["commit"], present: Manifest["commit"]): string[] {
  if (planned.id !== present.id)
    return [`commit planned ${describeCommit(planned.id)}, checked out ${describeCommit(present.id)}`];
  return present.dirty && !planned.dirty
    ? ["tracked files have been changed since the commit was planned"]
    : [];
}

const describeCommit = (id: string | null): string => id?.slice(0, 12) ?? "none";

const providersOf = ({ providers }: Pick<ManifestStack, "providers">): string =>
  Object.entries(providers)
    .map(([source, version]) => `${source} ${version}`)
    .toSorted()
    .join(", ");

function stateDifference(planned: ManifestStack["state"], present: ManifestStack["state"]): string[] {
  if (planned.lineage === "" && present.lineage !== "")
    return [`there was no state when it was planned, now there is one (serial ${present.serial})`];
  if (planned.lineage !== present.lineage)
    return [`state planned on is another one (lineage ${planned.lineage}, now ${present.lineage || "none"})`];
  return planned.serial === present.serial
    ? []
    : [`state has moved on since the plan (serial ${planned.serial}, now ${present.serial})`];
}

const lockHeld = (id: string, lock: Lock | undefined): string[] =>
  lock
    ? [
        `state locked by ${lock.who} since ${lock.since} for ${lock.operation}; if that run is dead: mlops unlock ${id}`,
      ]
    : [];
