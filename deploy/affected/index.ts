import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { repository as root } from "../../tools/paths";
import { fileAt, locate, mergeBase, pathBelow } from "../git/commits";
import { GitError } from "../git/run";
import { differences, type Differences } from "./differences";
import { packageChanges } from "./packages";
import { readStacks, type Stacks } from "./stack-files";
import { SynthesisError, synthesiseCommit } from "./synthesise-commit";

export type { AffectedStack, Differences } from "./differences";
export { UnknownCommitError } from "../git/commits";

/** What to compare. */
export interface Comparison {
  /** Branch, tag or id of a commit: what the checkout changes since it left that one's history is compared. */
  readonly reference: string;
  /** Output folder of the synthesis to plan: of the files as they are now, committed or not. */
  readonly synthesised: string;
  /** Folder of environment files that it was made of. */
  readonly environments: string;
  /** Role that its stacks assume instead of their own. */
  readonly role?: string | undefined;
  /** @default this repository */
  readonly repository?: string;
}

/** The stacks that a change concerns, and the commit that it starts from. */
export interface Affected extends Differences {
  readonly commit: string;
  /** Folder of environment files, relative to the product's. @default "environments" */
  readonly environments?: string;
  /** What both are made of; undefined where the other commit does not tell. */
  readonly files?: { readonly before: Stacks; readonly after: Stacks };
}

/**
 * The stacks whose synthesised files differ from those of the commit that a change starts from, each with what differs. Every stack is in
 * where the other commit does not tell: it does not synthesise, or other packages or another Terraform were in use.
 * @throws UnknownCommitError where git knows no such commit
 */
export async function affectedStacks(comparison: Comparison): Promise<Affected> {
  const { repository = root, reference } = comparison;
  const commit = await mergeBase(repository, reference);
  const after = readStacks(comparison.synthesised);
  const reasons = [
    ...outsideOf((await locate(repository)).top, comparison.environments),
    ...(await toolChanges(repository, commit)),
  ];
  const environments = pathBelow(repository, comparison.environments);
  if (reasons.length > 0) return { commit, environments, ...all(after, reasons) };
  return {
    commit,
    environments,
    ...(await compare({ ...comparison, repository, environments }, commit, after)),
  };
}

async function compare(
  { repository, environments, role }: Comparison & { readonly repository: string },
  commit: string,
  after: Stacks,
): Promise<Omit<Affected, "commit" | "environments">> {
  const cache = join(repository, ".cache/affected");
  try {
    const output = await synthesiseCommit({ repository, commit, environments, role, cache });
    const before = readStacks(output);
    return { ...differences(before, after), files: { before, after } };
  } catch (error) {
    if (!(error instanceof SynthesisError || error instanceof GitError)) throw error;
    const [first = ""] = error.message.split("\n");
    return all(after, [`commit ${commit.slice(0, 12)} does not synthesise: ${first}`]);
  }
}

const all = (stacks: Stacks, reasons: readonly string[]): Differences => ({
  stacks: Object.keys(stacks)
    .toSorted()
    .map((id) => ({ id, reasons })),
  removed: [],
});

function outsideOf(repository: string, environments: string): string[] {
  const path = pathBelow(repository, environments);
  return path.startsWith("..") || isAbsolute(path)
    ? [`the environment files in ${environments} are in no commit of this repository`]
    : [];
}

async function toolChanges(repository: string, commit: string): Promise<string[]> {
  const [lock, terraform] = await Promise.all(
    ["package-lock.json", ".terraform-version"].map(async (name) => ({
      before: await fileAt(repository, commit, name),
      after: readIfThere(join(repository, name)),
    })),
  );
  return [
    ...lockReasons(lock?.before, lock?.after),
    ...terraformReasons(terraform?.before, terraform?.after),
  ];
}

function lockReasons(before: string | undefined, after: string | undefined): string[] {
  if (before === after) return [];
  if (before === undefined || after === undefined) return ["package-lock.json is in one of the two only"];
  return packageChanges(before, after).map((change) => `package ${change}`);
}

const terraformReasons = (before: string | undefined, after: string | undefined): string[] =>
  before === after ? [] : [`Terraform ${before?.trim() ?? "unknown"} → ${after?.trim() ?? "unknown"}`];

const readIfThere = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, "utf8") : undefined;
