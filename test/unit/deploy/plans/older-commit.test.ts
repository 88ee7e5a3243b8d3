import { execFileSync } from "node:child_process";
import { olderCommitRefusals } from "../../../../deploy/plans/older-commit";
import { listStacks } from "../../../../stacks/list";
import { models } from "../../../../pipelines";
import { readEstate } from "../../../support/estate";
import { temporaryFolder } from "../../../support/temporary-folder";

const stack = listStacks(readEstate(), models).find(({ id }) => id === "dev-mammo-severity");
if (!stack) throw new Error("dev has no model");

let repository: string;
let [older, newer, aside] = ["", "", ""];

const git = (...args: string[]): string =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
    cwd: repository,
    encoding: "utf8",
  }).trim();
const commit = (): string => {
  git("commit", "--quiet", "--allow-empty", "--message", "change");
  return git("rev-parse", "HEAD");
};

beforeAll(() => {
  repository = temporaryFolder();
  git("init", "--quiet", "--initial-branch", "main");
  [older, newer] = [commit(), commit()];
  git("checkout", "--quiet", "-b", "aside", older);
  git("commit", "--quiet", "--allow-empty", "--message", "aside");
  aside = git("rev-parse", "HEAD");
});

const refusals = (from: string | null, applied: string | null | undefined) =>
  olderCommitRefusals(
    [{ stack, record: applied === undefined ? undefined : ({ commit: applied } as never) }],
    { commit: { id: from, dirty: false } },
    repository,
  );

test("a build does not take back what a build of a newer commit has applied", async () => {
  expect(await refusals(older, newer)).toEqual([
    `dev-mammo-severity: was applied from ${newer.slice(0, 12)}, which is newer than ${older.slice(0, 12)}: build that one`,
  ]);
});

test("the same commit, a newer one, one beside it and what nobody knows are applied", async () => {
  expect(
    await Promise.all([
      refusals(newer, newer),
      refusals(newer, older),
      refusals(aside, newer),
      refusals(older, "f".repeat(40)),
      refusals(null, newer),
      refusals(older, null),
      refusals(older, undefined),
    ]),
  ).toEqual(Array.from({ length: 7 }, () => []));
});
