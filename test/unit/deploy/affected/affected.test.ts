import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { affectedStacks, UnknownCommitError, type Affected } from "../../../../deploy/affected";
import { repository as ours } from "../../../support/estate";

/** What the stacks are made of. */
const sources = [
  "config",
  "environments",
  "lambdas",
  "core",
  "modules",
  "pipelines",
  "stacks",
  "main.ts",
  "tools",
  "tsconfig.json",
  ".swcrc",
  ".gitignore",
  ".terraform-version",
  "package.json",
  "package-lock.json",
];

let repository: string;
let first: string;

/** A repository of the shipped estate, with one commit and the packages that are installed here. */
beforeAll(() => {
  repository = realpathSync(mkdtempSync(join(tmpdir(), "affected-")));
  for (const name of sources) cpSync(join(ours, name), join(repository, name), { recursive: true });
  symlinkSync(join(ours, "node_modules"), join(repository, "node_modules"));
  git("init", "--quiet", "--initial-branch=main");
  git("config", "user.name", "test");
  git("config", "user.email", "test@example.com");
  first = commit("first");
});
afterAll(() => {
  rmSync(repository, { recursive: true });
});
afterEach(() => {
  git("reset", "--quiet", "--hard", first);
});

const git = (...args: string[]): string =>
  execFileSync("git", ["-C", repository, ...args], { encoding: "utf8" }).trim();

function commit(message: string): string {
  git("add", "--all", ".", ":!node_modules");
  git("commit", "--quiet", "--no-verify", "--message", message);
  return git("rev-parse", "HEAD");
}

function edit(name: string, change: (text: string) => string): void {
  const file = join(repository, name);
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

/** Synthesises the files as they are and compares them with a commit. */
async function affected(
  reference: string,
  environments = join(repository, "environments"),
): Promise<Affected> {
  const synthesised = join(repository, ".cache/now");
  rmSync(synthesised, { recursive: true, force: true });
  execFileSync(process.execPath, ["--require", "ts-node/register", "main.ts"], {
    cwd: repository,
    env: { ...process.env, CDKTF_OUTDIR: synthesised, MLOPS_ENVIRONMENTS: environments },
  });
  return affectedStacks({ repository, reference, synthesised, environments });
}

const idsOf = ({ stacks }: Affected): string[] => stacks.map(({ id }) => id);
const everyStack = 10;

test("nothing changed, nothing is affected", async () => {
  expect(await affected("HEAD")).toEqual({ commit: first, stacks: [], removed: [] });
});

test("a setting of one environment concerns the stack it is in, committed or not", async () => {
  edit("environments/prod.json", (text) => text.replace("cron(0 23 * * ? *)", "cron(0 22 * * ? *)"));
  const stacks = [
    {
      id: "prod-mammo-severity",
      reasons: ["aws_cloudwatch_event_rule.inference-schedule_rule_833D62EC changed: schedule_expression"],
    },
  ];
  expect(await affected("main")).toEqual({ commit: first, stacks, removed: [] });
  commit("an hour earlier");
  expect(await affected("HEAD~1")).toEqual({ commit: first, stacks, removed: [] });
});

test("a script concerns every stack that ships it, and names it", async () => {
  appendFileSync(join(repository, "pipelines/mammo-severity/scripts/evaluate.py"), "# more\n");
  const found = await affected(first);
  for (const id of ["dev-mammo-severity", "prod-mammo-severity"]) {
    const reasons = found.stacks.find((stack) => stack.id === id)?.reasons;
    expect(reasons).toContainEqual(expect.stringMatching(/evaluate\.py changed$/));
  }
  expect(idsOf(found)).not.toContain("registry");
});

test("files that no stack is made of concern none", async () => {
  writeFileSync(join(repository, "README.md"), "words\n");
  commit("words");
  expect(idsOf(await affected("HEAD~1"))).toEqual([]);
});

test("a stack that is no more is told of apart", async () => {
  edit("environments/dev.json", (text) => text.replace('"mammo-severity": {}', ""));
  expect((await affected("HEAD")).removed).toEqual(["dev-mammo-severity"]);
});

test("a commit is synthesised once, and leaves no worktree behind", async () => {
  await affected("HEAD");
  const folders = readdirSync(join(repository, ".cache/affected"));
  await affected("HEAD");
  expect(readdirSync(join(repository, ".cache/affected"))).toEqual(folders);
  expect(folders.filter((name) => name.startsWith(first))).toHaveLength(1);
  expect(git("worktree", "list").split("\n")).toHaveLength(1);
});

test("two comparisons at once, after one that was killed, both succeed and leave nothing behind", async () => {
  const cache = join(repository, ".cache/affected");
  const environments = join(repository, "environments");
  await affected("HEAD");
  const [built = ""] = readdirSync(cache).filter((name) => name.startsWith(first));
  rmSync(join(cache, built), { recursive: true });
  git("worktree", "add", "--quiet", "--detach", join(cache, `${built}.building-99999999-a/worktree`), first);
  const comparison = {
    repository,
    reference: first,
    synthesised: join(repository, ".cache/now"),
    environments,
  };
  const both = await Promise.all([affectedStacks(comparison), affectedStacks(comparison)]);
  expect(both.map(idsOf)).toEqual([[], []]);
  expect(readdirSync(cache).filter((name) => name.includes("building"))).toEqual([]);
  expect(git("worktree", "list").split("\n")).toHaveLength(1);
});

describe("every stack is affected", () => {
  test("by a commit that does not synthesise", async () => {
    edit("environments/prod.json", (text) => text.replace("222222222222", "2"));
    commit("broken");
    edit("environments/prod.json", (text) => text.replace('"2"', '"222222222222"'));
    const found = await affected("HEAD");
    expect(found.stacks).toHaveLength(everyStack);
    expect(found.stacks[0]?.reasons[0]).toMatch(
      /^commit \w{12} does not synthesise: environments\/prod\.json:\d+:\d+ account must be/,
    );
    expect(git("worktree", "list").split("\n")).toHaveLength(1);
  });

  test("by another version of a package, or of Terraform", async () => {
    edit("package-lock.json", (text) =>
      text.replace(/("node_modules\/cdktf": \{\s+"version": )"[^"]+"/, '$1"0.20.0"'),
    );
    edit(".terraform-version", () => "1.10.0\n");
    const found = await affected("HEAD");
    expect(found.stacks).toHaveLength(everyStack);
    expect(found.stacks[0]?.reasons).toEqual([
      expect.stringMatching(/^package cdktf 0\.21\.0 → 0\.20\.0$/),
      "Terraform 1.11.4 → 1.10.0",
    ]);
  });

  test("where the environment files are outside of the repository", async () => {
    const found = await affected("HEAD", join(ours, "environments"));
    expect(found.stacks).toHaveLength(everyStack);
    expect(found.stacks[0]?.reasons[0]).toContain("are in no commit of this repository");
  });
});

test.each(["nowhere", "--help", "HEAD:main.ts"])("%s is no commit", async (reference) => {
  const none = { repository, reference, synthesised: "", environments: join(repository, "environments") };
  await expect(affectedStacks(none)).rejects.toThrow(UnknownCommitError);
});
