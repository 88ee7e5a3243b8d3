import { RefusedPushError, type GitServer } from "./git-server";
import { isOwn, type Entries, type Entry, type Objects, type Tip } from "./objects";
import { entriesOf, projectFile, type Seed } from "./seed";

/** Where a seed goes, and for whom. */
export interface Seeding {
  readonly server: GitServer;
  readonly objects: Objects;
  readonly seed: Seed;
  /** What messages call the repository. */
  readonly repository: string;
  readonly branch: string;
  /** Values of `project.json`. */
  readonly project: Readonly<Record<string, string>>;
  /** Whether GitLab is to start no pipeline for the commit. */
  readonly skipCi: boolean;
}

/**
 * Puts the seed on a branch that is empty or not there, in one commit. A branch that holds the seed is left as it is; on one where an
 * earlier project of the same name left its seed, which nobody has changed, it comes next.
 * @returns the commit that has the seed
 * @throws Error where the branch has anything else
 */
export async function seedBranch(seeding: Seeding): Promise<string> {
  try {
    return await seedOnce(seeding);
  } catch (error) {
    // Somebody else's push came first, this function's own among them: what they made of the branch decides.
    if (!(error instanceof RefusedPushError)) throw error;
    return seedOnce(seeding).catch((second: unknown) => {
      throw second instanceof RefusedPushError ? error : second;
    });
  }
}

async function seedOnce(seeding: Seeding): Promise<string> {
  const { objects, seed } = seeding;
  const [entries, tip] = [await entriesOf(seed, objects), await tipOf(seeding, seeding.branch)];
  if (!tip) return pushed(seeding, entries, [], seeding.branch);
  if (holds(tip, seed, entries)) return tip.oid;
  if (!isStart(tip) && !(await isLeftOver(tip, seeding))) throw new Error(notEmpty(seeding, tip));
  const kept = [...tip.entries].filter(([path]) => madeWithRepositories.test(path));
  return pushed(seeding, new Map([...kept, ...entries]), [tip.oid], seeding.branch);
}

/**
 * Offers a newer seed on a branch of its own, above what the repository has: a person merges it, or not.
 * @param offer the branch
 * @returns the commit that has the seed; the branch's own where it changes nothing
 * @throws Error where that branch has something else already
 */
export async function offerSeed(seeding: Seeding, offer: string): Promise<string> {
  const { objects, seed, repository } = seeding;
  const entries = await entriesOf(seed, objects);
  const offered = await tipOf(seeding, offer);
  if (offered && holds(offered, seed, entries)) return offered.oid;
  if (offered)
    throw new Error(`${repository}: the branch ${offer} has something else: merge it, or delete it, first`);
  const tip = await tipOf(seeding, seeding.branch);
  if (tip && contains(tip.entries, entries)) return tip.oid;
  return pushed(seeding, new Map([...(tip?.entries ?? []), ...entries]), tip ? [tip.oid] : [], offer);
}

async function tipOf({ server, objects }: Seeding, branch: string): Promise<Tip | undefined> {
  const oid = await server.tipOf(branch);
  if (oid === undefined) return undefined;
  await server.fetch(branch, objects.folder);
  return objects.tip(oid);
}

async function pushed(
  seeding: Seeding,
  entries: Entries,
  parents: readonly string[],
  branch: string,
): Promise<string> {
  const { objects, server, project, seed, skipCi } = seeding;
  const { template = "", templateVersion = "" } = project;
  const lines = [
    `Seed of template ${template} ${templateVersion}`.trim(),
    ...(skipCi ? ["[ci skip]"] : []),
    `${trailer}${seed.id}`,
  ];
  const commit = await objects.commit(entries, `${lines.join("\n\n")}\n`, parents);
  await server.push("seed", branch, objects.folder);
  return commit;
}

const trailer = "Seed: ";

/** What hosts put into a repository that they make. */
const madeWithRepositories = /^(?:readme|licen[cs]e|\.gitignore)(?:\.\w+)?$/i;

const isStart = ({ entries }: Tip): boolean =>
  [...entries.keys()].every((path) => madeWithRepositories.test(path));

const isSame = (one: Entry | undefined, other: Entry): boolean =>
  one?.oid === other.oid && one.mode === other.mode;

const contains = (all: Entries, some: Entries): boolean =>
  [...some].every(([path, entry]) => isSame(all.get(path), entry));

const holds = ({ message, entries }: Tip, { id }: Seed, of: Entries): boolean =>
  message.includes(`${trailer}${id}`) && contains(entries, of);

/** Names of projects are unique at a time: another project of this name in this account and region is gone. */
const identity = ["projectName", "account", "region"] as const;

async function isLeftOver(tip: Tip, { objects, project }: Seeding): Promise<boolean> {
  const file = tip.entries.get(projectFile);
  if (!isOwn(tip) || !tip.message.includes(trailer) || !file) return false;
  const earlier = JSON.parse(await objects.read(file.oid)) as Readonly<Record<string, string>>;
  return identity.every((key) => earlier[key] === project[key]);
}

function notEmpty({ repository, branch }: Seeding, { entries, oid, message }: Tip): string {
  const names = [...entries.keys()];
  const some = `${names.slice(0, 3).join(", ")}${names.length > 3 ? ", …" : ""}`;
  const whose = message.includes(trailer) ? "of another project, or changed since it was seeded" : "";
  return (
    `${repository}: the branch ${branch} must be empty, but for a README, a licence and a .gitignore; got ` +
    `${names.length} files (${some}) at ${oid.slice(0, 8)}${whose === "" ? "" : `, ${whose}`}`
  );
}
