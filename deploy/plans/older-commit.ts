import { isBefore } from "../git/commits";
import type { Due } from "./approval";
import type { CodeFacts } from "./manifest/code-facts";

/**
 * Why the CI server may not apply stacks from this commit: a build of a newer one came first, and this one would take back what that
 * brought. Whoever means to go back reverts on main, which is a newer commit.
 */
export async function olderCommitRefusals(
  due: readonly Pick<Due, "stack" | "record">[],
  { commit: { id } }: Pick<CodeFacts, "commit">,
  repository: string,
): Promise<string[]> {
  const refusals = due.map(async ({ stack, record }) => {
    const applied = record?.commit ?? null;
    if (id === null || applied === null || !(await isBefore(repository, id, applied))) return [];
    return [
      `${stack.id}: was applied from ${applied.slice(0, 12)}, which is newer than ${id.slice(0, 12)}: build that one`,
    ];
  });
  return (await Promise.all(refusals)).flat();
}
