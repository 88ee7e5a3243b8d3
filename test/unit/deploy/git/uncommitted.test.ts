import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { uncommittedFiles } from "../../../../deploy/git/uncommitted";
import { temporaryFolder } from "../../../support/temporary-folder";

const repository = temporaryFolder();
const environments = join(repository, "environments");
const git = (...args: readonly string[]) =>
  execa("git", ["-c", "user.name=A", "-c", "user.email=a@example.com", ...args], { cwd: repository });
const write = (file: string, text: string): void => {
  writeFileSync(join(repository, file), text);
};

beforeAll(async () => {
  for (const folder of ["environments", "pipelines/risk"])
    mkdirSync(join(repository, folder), { recursive: true });
  write("README.md", "a");
  write("environments/dev.json", "{}");
  await git("init", "--quiet");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "first");
});

test("of a clean tree there are none, whatever else lies about", async () => {
  write("notes.txt", "a");
  expect(await uncommittedFiles(repository, environments)).toEqual([]);
});

test("what differs from the commit, and new environment files and models, are", async () => {
  write("README.md", "b");
  write("environments/prod.json", "{}");
  write("pipelines/risk/model.ts", "");
  expect((await uncommittedFiles(repository, environments)).toSorted()).toEqual([
    "README.md",
    "environments/prod.json",
    "pipelines/risk/model.ts",
  ]);
});

test("environment files may be named through a link", async () => {
  const link = join(temporaryFolder(), "workspace");
  symlinkSync(repository, link);
  expect(await uncommittedFiles(repository, join(link, "environments"))).toContain("environments/prod.json");
});

test("environment files elsewhere are no matter of this repository's", async () => {
  const elsewhere = temporaryFolder();
  writeFileSync(join(elsewhere, "dev.json"), "{}");
  expect(await uncommittedFiles(repository, elsewhere)).not.toContain("dev.json");
});

test("nor is there anything to commit outside of a repository", async () => {
  expect(await uncommittedFiles(temporaryFolder(), environments)).toEqual([]);
});
