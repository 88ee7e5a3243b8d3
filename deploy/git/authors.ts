import { ask } from "./run";

/** What no stack is made of: to have written there is to have changed nothing that is applied. */
const madeOf = [".", ":(exclude)docs", ":(exclude)test", ":(exclude)bench", ":(exclude,glob)**/*.md"];

/**
 * E-mail addresses, in lower case, of those who wrote what came to a commit: of its changes since another one, those that name several
 * authors among them. Whoever only merged wrote none, nor did who only wrote about it or tests. Git does not know who somebody is: an address is what its user says.
 * @param since undefined: what the commit itself brought
 * @throws GitError where git does not know the commits, as in a shallow clone
 */
export async function authorsOf(
  repository: string,
  commit: string,
  since: string | undefined,
): Promise<string[]> {
  const range = since === undefined ? await itsOwn(repository, commit) : [`${since}..${commit}`];
  const format = "--format=<%ae>%n%(trailers:key=Co-authored-by,valueonly)";
  const log = await ask(repository, [
    "log",
    "--no-merges",
    format,
    "--end-of-options",
    ...range,
    "--",
    ...madeOf,
  ]);
  return [...new Set([...log.matchAll(/<([^<>\s]+)>/g)].map(([, email = ""]) => email.toLowerCase()))];
}

/** A merge brought what its other parents have; any other commit itself. */
async function itsOwn(repository: string, commit: string): Promise<string[]> {
  const parents = await ask(repository, [
    "rev-list",
    "--parents",
    "--max-count=1",
    "--end-of-options",
    commit,
  ]);
  const [, first] = parents.trim().split(" ");
  return first === undefined ? [commit] : [commit, `^${first}`];
}
