import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codeFacts } from "../../../../deploy/plans/manifest/code-facts";
import { tools } from "../../../support/tools";
import { temporaryFolder } from "../../../support/temporary-folder";

let repository: string;
beforeEach(() => {
  repository = temporaryFolder();
});

const git = (...args: string[]): string =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
    cwd: repository,
    encoding: "utf8",
  }).trim();

const facts = () => codeFacts(tools().terraform, repository);

test("the commit checked out, its packages and the version of Terraform", async () => {
  git("init", "--quiet");
  writeFileSync(join(repository, "package-lock.json"), "{}");
  git("add", ".");
  git("commit", "--quiet", "--message", "first");
  expect(await facts()).toEqual({
    commit: { id: git("rev-parse", "HEAD"), dirty: false },
    // SHA-256 of "{}"
    packageLockHash: "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
    terraform: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
  });
});

test("a tracked file that was changed makes it dirty, one that is not tracked does not", async () => {
  git("init", "--quiet");
  writeFileSync(join(repository, "package-lock.json"), "{}");
  git("add", ".");
  git("commit", "--quiet", "--message", "first");
  writeFileSync(join(repository, "new.txt"), "");
  expect((await facts()).commit.dirty).toBe(false);
  writeFileSync(join(repository, "package-lock.json"), "{} ");
  expect((await facts()).commit.dirty).toBe(true);
});

test("there is no commit before the first one, nor outside of a repository", async () => {
  const outside = { commit: { id: null, dirty: false }, packageLockHash: "" };
  expect(await facts()).toMatchObject(outside);
  git("init", "--quiet");
  expect(await facts()).toMatchObject(outside);
});

test("a change elsewhere in the repository makes no folder of it dirty", async () => {
  const top = repository;
  repository = join(top, "product");
  mkdirSync(repository);
  writeFileSync(join(repository, "package-lock.json"), "{}");
  writeFileSync(join(top, "README.md"), "");
  execFileSync("git", ["init", "--quiet"], { cwd: top });
  git("add", "--all", "..");
  git("commit", "--quiet", "--message", "first");
  writeFileSync(join(top, "README.md"), "words");
  expect((await facts()).commit).toEqual({ id: git("rev-parse", "HEAD"), dirty: false });
});

test("a repository that git refuses to read is an error that says why", async () => {
  git("init", "--quiet");
  writeFileSync(join(repository, ".git/HEAD"), "nonsense");
  await expect(facts()).rejects.toThrow(/^Git cannot read the repository of .*: fatal: /);
});
