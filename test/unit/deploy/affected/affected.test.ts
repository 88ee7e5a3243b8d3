import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { affectedStacks, UnknownCommitError, type Affected } from "../../../../deploy/affected";
import { repository as ours } from "../../../support/estate";
import { temporaryFolder } from "../../../support/temporary-folder";

/** A stand-in for `main.ts`: a stack for each environment file, with what the file says and one script as asset. */
const program = `
const { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { MLOPS_ENVIRONMENTS: environments, CDKTF_OUTDIR: output } = process.env;
for (const file of readdirSync(environments)) {
  const { account, schedule } = JSON.parse(readFileSync(environments + "/" + file, "utf8"));
  if (account.length !== 12) {
    console.error(environments + "/" + file + ":1:1 account must be 12 digits");
    process.exit(1);
  }
  const stack = output + "/stacks/" + file.replace(".json", "");
  const asset = stack + "/assets/script/" + readFileSync("script.py").length;
  mkdirSync(asset, { recursive: true });
  cpSync("script.py", asset + "/script.py");
  const rule = { schedule_expression: schedule };
  writeFileSync(stack + "/cdk.tf.json", JSON.stringify({ resource: { aws_rule: { nightly: rule } } }));
}
`;

const files = {
  "main.ts": program,
  "script.py": "print()\n",
  "environments/dev.json": '{ "account": "111111111111", "schedule": "at 23" }\n',
  "environments/prod.json": '{ "account": "222222222222", "schedule": "at 23" }\n',
  "package.json": '{ "type": "commonjs" }\n',
  "tsconfig.json": '{ "compilerOptions": { "module": "commonjs" }, "ts-node": { "swc": true } }\n',
  "package-lock.json": '{ "packages": { "node_modules/cdktf": { "version": "0.21.0" } } }\n',
  ".terraform-version": "1.11.4\n",
  ".gitignore": ".cache\nnode_modules\n",
};

const repository = temporaryFolder();
let first: string;

/** A small repository with one commit and the packages that are installed here. */
beforeAll(() => {
  for (const [name, text] of Object.entries(files)) write(name, text);
  symlinkSync(join(ours, "node_modules"), join(repository, "node_modules"));
  git("init", "--quiet", "--initial-branch=main");
  git("config", "user.name", "test");
  git("config", "user.email", "test@example.com");
  first = commit("first");
});
afterEach(() => {
  git("reset", "--quiet", "--hard", first);
});

const git = (...args: string[]): string =>
  execFileSync("git", ["-C", repository, ...args], { encoding: "utf8" }).trim();

function commit(message: string): string {
  git("add", "--all");
  git("commit", "--quiet", "--no-verify", "--message", message);
  return git("rev-parse", "HEAD");
}

function write(name: string, text: string): void {
  const file = join(repository, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const edit = (name: string, change: (text: string) => string): void => {
  write(name, change(readFileSync(join(repository, name), "utf8")));
};

/** Synthesises the files as they are and compares them with a commit. */
async function affected(
  reference: string,
  environments = join(repository, "environments"),
): Promise<Affected> {
  const synthesised = join(repository, ".cache/now");
  rmSync(synthesised, { recursive: true, force: true });
  execFileSync(process.execPath, ["--eval", program], {
    cwd: repository,
    env: { ...process.env, CDKTF_OUTDIR: synthesised, MLOPS_ENVIRONMENTS: environments },
  });
  return affectedStacks({ repository, reference, synthesised, environments });
}

const idsOf = ({ stacks }: Affected): string[] => stacks.map(({ id }) => id);
const everyStack = 2;

test("nothing changed, nothing is affected", async () => {
  expect(await affected("HEAD")).toEqual({ commit: first, stacks: [], removed: [] });
});

test("a setting of one environment concerns the stack it is in, committed or not", async () => {
  edit("environments/prod.json", (text) => text.replace("at 23", "at 22"));
  const stacks = [{ id: "prod", reasons: ["aws_rule.nightly changed: schedule_expression"] }];
  expect(await affected("main")).toEqual({ commit: first, stacks, removed: [] });
  commit("an hour earlier");
  expect(await affected("HEAD~1")).toEqual({ commit: first, stacks, removed: [] });
});

test("what has come to a branch since a change left it is not the change's", async () => {
  git("checkout", "--quiet", "-b", "change");
  edit("environments/prod.json", (text) => text.replace("at 23", "at 22"));
  commit("an hour earlier");
  git("checkout", "--quiet", "main");
  edit("environments/dev.json", (text) => text.replace("at 23", "at 21"));
  commit("somebody else's");
  git("checkout", "--quiet", "change");
  try {
    const found = await affected("main");
    expect([found.commit, idsOf(found)]).toEqual([first, ["prod"]]);
  } finally {
    git("checkout", "--quiet", "main");
    git("branch", "--quiet", "-D", "change");
  }
});

test("a commit without a common ancestor is refused, with the remedy for a shallow clone", async () => {
  const other = git("commit-tree", "-m", "other", `${first}^{tree}`);
  await expect(affected(other)).rejects.toThrow(/no common ancestor here: in a shallow clone/);
});

test("a script concerns every stack that ships it, and names it", async () => {
  edit("script.py", (text) => `${text}# more\n`);
  const { stacks } = await affected(first);
  expect(stacks).toEqual(
    ["dev", "prod"].map((id) => ({ id, reasons: [expect.stringMatching(/script\.py changed$/)] })),
  );
});

test("files that no stack is made of concern none", async () => {
  write("README.md", "words\n");
  commit("words");
  expect(idsOf(await affected("HEAD~1"))).toEqual([]);
});

test("a stack that is no more is told of apart", async () => {
  rmSync(join(repository, "environments/dev.json"));
  expect((await affected("HEAD")).removed).toEqual(["dev"]);
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

describe("the product in a folder of somebody's repository", () => {
  const top = temporaryFolder();
  const product = join(top, "teams/ml");
  const compared = async (reference: string, environments: string): Promise<Affected> => {
    const synthesised = join(product, ".cache/now");
    rmSync(synthesised, { recursive: true, force: true });
    execFileSync(process.execPath, ["--eval", program], {
      cwd: product,
      env: { ...process.env, CDKTF_OUTDIR: synthesised, MLOPS_ENVIRONMENTS: environments },
    });
    return affectedStacks({ repository: product, reference, synthesised, environments });
  };
  const inTop = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", "-C", top, ...args]);

  beforeAll(() => {
    cpSync(repository, product, {
      recursive: true,
      filter: (path) => !/\/(\.git|\.cache|node_modules)$/.test(path),
    });
    symlinkSync(join(ours, "node_modules"), join(product, "node_modules"));
    inTop("init", "--quiet");
    inTop("add", "--all");
    inTop("commit", "--quiet", "--message", "first");
  });

  test("is compared with that folder of the other commit", async () => {
    const file = join(product, "environments/prod.json");
    writeFileSync(file, readFileSync(file, "utf8").replace("at 23", "at 22"));
    expect(await compared("HEAD", join(product, "environments"))).toMatchObject({
      stacks: [{ id: "prod", reasons: ["aws_rule.nightly changed: schedule_expression"] }],
    });
  });

  test("takes environment files of a submodule beside it from the commit that it has in each", async () => {
    const origin = temporaryFolder();
    cpSync(join(repository, "environments"), join(origin, "environments"), { recursive: true });
    const at = (folder: string, ...args: string[]) =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", "-C", folder, ...args]);
    at(origin, "init", "--quiet");
    at(origin, "add", "--all");
    at(origin, "commit", "--quiet", "--message", "first");
    inTop("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", origin, "estate");
    inTop("commit", "--quiet", "--message", "submodule");
    const estate = join(top, "estate/environments");
    expect(idsOf(await compared("HEAD", estate))).toEqual([]);
    const file = join(estate, "dev.json");
    writeFileSync(file, readFileSync(file, "utf8").replace("at 23", "at 22"));
    at(estate, "commit", "--quiet", "--all", "--message", "second");
    expect(idsOf(await compared("HEAD", estate))).toEqual(["dev"]);
    expect(at(estate, "worktree", "list").toString().trim().split("\n")).toHaveLength(1);
    inTop("submodule", "--quiet", "deinit", "--force", "estate");
    cpSync(join(origin, "environments"), estate, { recursive: true });
    rmSync(join(product, ".cache/affected"), { recursive: true });
    const [stack] = (await compared("HEAD", estate)).stacks;
    expect(stack?.reasons[0]).toMatch(/not checked out \(git submodule update --init\)/);
  });
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
    edit("package-lock.json", (text) => text.replace("0.21.0", "0.20.0"));
    write(".terraform-version", "1.10.0\n");
    const found = await affected("HEAD");
    expect(found.stacks).toHaveLength(everyStack);
    expect(found.stacks[0]?.reasons).toEqual(["package cdktf 0.21.0 → 0.20.0", "Terraform 1.11.4 → 1.10.0"]);
  });

  test("where the environment files are outside of the repository", async () => {
    const elsewhere = temporaryFolder();
    cpSync(join(repository, "environments"), elsewhere, { recursive: true });
    const found = await affected("HEAD", elsewhere);
    expect(found.stacks).toHaveLength(everyStack);
    expect(found.stacks[0]?.reasons[0]).toContain("are in no commit of this repository");
  });
});

test.each(["nowhere", "--help", "HEAD:main.ts"])("%s is no commit", async (reference) => {
  const none = { repository, reference, synthesised: "", environments: join(repository, "environments") };
  await expect(affectedStacks(none)).rejects.toThrow(UnknownCommitError);
});
