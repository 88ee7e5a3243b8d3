import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { affectedStacks, UnknownCommitError } from "../../../../deploy/affected";
import { temporaryFolder } from "../../../support/temporary-folder";
import { idsOf, SmallRepository } from "./support/small-repository";

const repository = new SmallRepository();
const { first } = repository;
afterEach(() => {
  repository.git("reset", "--quiet", "--hard", first);
});

const everyStack = 2;

test("nothing changed, nothing is affected", async () => {
  expect(await repository.affected("HEAD")).toEqual({ commit: first, stacks: [], removed: [] });
});

test("a setting of one environment concerns the stack it is in, committed or not", async () => {
  repository.edit("environments/prod.json", (text) => text.replace("at 23", "at 22"));
  const stacks = [{ id: "prod", reasons: ["aws_rule.nightly changed: schedule_expression"] }];
  expect(await repository.affected("main")).toEqual({ commit: first, stacks, removed: [] });
  repository.commit("an hour earlier");
  expect(await repository.affected("HEAD~1")).toEqual({ commit: first, stacks, removed: [] });
});

test("what has come to a branch since a change left it is not the change's", async () => {
  repository.git("checkout", "--quiet", "-b", "change");
  repository.edit("environments/prod.json", (text) => text.replace("at 23", "at 22"));
  repository.commit("an hour earlier");
  repository.git("checkout", "--quiet", "main");
  repository.edit("environments/dev.json", (text) => text.replace("at 23", "at 21"));
  repository.commit("somebody else's");
  repository.git("checkout", "--quiet", "change");
  try {
    const found = await repository.affected("main");
    expect([found.commit, idsOf(found)]).toEqual([first, ["prod"]]);
  } finally {
    repository.git("checkout", "--quiet", "main");
    repository.git("branch", "--quiet", "-D", "change");
  }
});

test("a commit without a common ancestor is refused, with the remedy for a shallow clone", async () => {
  const other = repository.git("commit-tree", "-m", "other", `${first}^{tree}`);
  await expect(repository.affected(other)).rejects.toThrow(/no common ancestor here: in a shallow clone/);
});

test("a script concerns every stack that ships it, and names it", async () => {
  repository.edit("script.py", (text) => `${text}# more\n`);
  const { stacks } = await repository.affected(first);
  expect(stacks).toEqual(
    ["dev", "prod"].map((id) => ({ id, reasons: [expect.stringMatching(/script\.py changed$/)] })),
  );
});

test("files that no stack is made of concern none", async () => {
  repository.write("README.md", "words\n");
  repository.commit("words");
  expect(idsOf(await repository.affected("HEAD~1"))).toEqual([]);
});

test("a stack that is no more is told of apart", async () => {
  rmSync(join(repository.folder, "environments/dev.json"));
  expect((await repository.affected("HEAD")).removed).toEqual(["dev"]);
});

test("a commit is synthesised once, and leaves no worktree behind", async () => {
  await repository.affected("HEAD");
  const folders = readdirSync(join(repository.folder, ".cache/affected"));
  await repository.affected("HEAD");
  expect(readdirSync(join(repository.folder, ".cache/affected"))).toEqual(folders);
  expect(folders.filter((name) => name.startsWith(first))).toHaveLength(1);
  expect(repository.git("worktree", "list").split("\n")).toHaveLength(1);
});

test("two comparisons at once, after one that was killed, both succeed and leave nothing behind", async () => {
  const cache = join(repository.folder, ".cache/affected");
  const environments = repository.environments;
  await repository.affected("HEAD");
  const [built = ""] = readdirSync(cache).filter((name) => name.startsWith(first));
  rmSync(join(cache, built), { recursive: true });
  repository.git(
    "worktree",
    "add",
    "--quiet",
    "--detach",
    join(cache, `${built}.building-99999999-a/worktree`),
    first,
  );
  const comparison = {
    repository: repository.folder,
    reference: first,
    synthesised: join(repository.folder, ".cache/now"),
    environments,
  };
  const both = await Promise.all([affectedStacks(comparison), affectedStacks(comparison)]);
  expect(both.map(idsOf)).toEqual([[], []]);
  expect(readdirSync(cache).filter((name) => name.includes("building"))).toEqual([]);
  expect(repository.git("worktree", "list").split("\n")).toHaveLength(1);
});

describe("every stack is affected", () => {
  test("by a commit that does not synthesise", async () => {
    repository.edit("environments/prod.json", (text) => text.replace("222222222222", "2"));
    repository.commit("broken");
    repository.edit("environments/prod.json", (text) => text.replace('"2"', '"222222222222"'));
    const found = await repository.affected("HEAD");
    expect(found.stacks).toHaveLength(everyStack);
    expect(found.stacks[0]?.reasons[0]).toMatch(
      /^commit \w{12} does not synthesise: environments\/prod\.json:\d+:\d+ account must be/,
    );
    expect(repository.git("worktree", "list").split("\n")).toHaveLength(1);
  });

  test("by another version of a package, or of Terraform", async () => {
    repository.edit("package-lock.json", (text) => text.replace("0.21.0", "0.20.0"));
    repository.write(".terraform-version", "1.10.0\n");
    const found = await repository.affected("HEAD");
    expect(found.stacks).toHaveLength(everyStack);
    expect(found.stacks[0]?.reasons).toEqual(["package cdktf 0.21.0 → 0.20.0", "Terraform 1.11.4 → 1.10.0"]);
  });

  test("where the environment files are outside of the repository", async () => {
    const elsewhere = temporaryFolder();
    cpSync(repository.environments, elsewhere, { recursive: true });
    const found = await repository.affected("HEAD", elsewhere);
    expect(found.stacks).toHaveLength(everyStack);
    expect(found.stacks[0]?.reasons[0]).toContain("are in no commit of this repository");
  });
});

test.each(["nowhere", "--help", "HEAD:main.ts"])("%s is no commit", async (reference) => {
  const none = {
    repository: repository.folder,
    reference,
    synthesised: "",
    environments: repository.environments,
  };
  await expect(affectedStacks(none)).rejects.toThrow(UnknownCommitError);
});
