import { randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { redirectElsewhere } from "../../../../emulator/functions/elsewhere";
import { temporaryFolder } from "../../../support/temporary-folder";
import { archiveOf, type Files } from "./support/archive";
import { CloudFormation } from "./support/cloud-formation";
import { GithubConnection } from "./support/github";
import { Caller, clone, commit, countOf, filesOf, git, project } from "./support/seeding";

const { fetch: realFetch } = globalThis;
const files: Files = { "README.md": "seeded", ".gitignore": "*.log\n", "src/train.py": "print(1)\n" };
let cloudFormation: CloudFormation;
let github: GithubConnection;
let archives: Record<string, Buffer>;
let caller: Caller;
let bare: string;
let number = 0;
let name: string;

beforeAll(async () => {
  jest.spyOn(console, "info").mockReturnValue();
  cloudFormation = await CloudFormation.start();
});
afterAll(() => cloudFormation.stop());
beforeEach(async () => {
  github = await GithubConnection.start(temporaryFolder());
  redirectElsewhere({ MLOPS_ELSEWHERE: JSON.stringify({ [GithubConnection.origin]: github.url }) });
  name = `ml-team/churn-${++number}`;
  bare = github.add(name);
  archives = { "seeds/jenkins/1/build.tar.gz": await archiveOf(files, ["src/train.py"]) };
  const Seed = "seeds/jenkins/1/build.tar.gz";
  const properties = {
    ServiceToken: "arn",
    Host: "github",
    Repository: name,
    Seed,
    SeedVersion: "v1",
    Project: project,
  };
  caller = new Caller(
    cloudFormation,
    {
      connection: () => GithubConnection.arn,
      credentials: () => Promise.resolve(github.credentials),
      archive: (key) => {
        const found = archives[key];
        return found
          ? Promise.resolve(found)
          : Promise.reject(new Error(`The seed ${key} cannot be read: NoSuchKey`));
      },
    },
    properties,
  );
});
afterEach(async () => {
  globalThis.fetch = realFetch;
  await github.die();
});

test("an empty repository gets the seed and the project's values, in one commit", async () => {
  const answer = await caller.create();
  expect(answer).toMatchObject({
    Status: "SUCCESS",
    PhysicalResourceId: `github:${name}`,
    LogicalResourceId: "BuildRepository",
    Data: {
      CloneUrl: `${GithubConnection.origin}/git-http/111111111111/us-east-1/5d6c9d1e-1111/${name}.git`,
      Commit: git(bare, "rev-parse", "main"),
      Repository: name,
    },
  });
  expect(filesOf(bare)).toEqual([".gitignore", "README.md", "project.json", "src/train.py"]);
  expect(JSON.parse(git(bare, "show", "main:project.json"))).toEqual(project);
  expect(countOf(bare)).toBe(1);
  expect(git(bare, "log", "-1", "--format=%s%n%b")).toMatch(
    /^Seed of template jenkins 1\n\n?Seed: [0-9a-f]{64}$/,
  );
});

test("defect: 18.1 binary files, programs, names with spaces and a hundred files arrive byte for byte", async () => {
  const many: Files = Object.fromEntries([
    ...Array.from({ length: 100 }, (_, at) => [`many/${at % 7}/file-${at}.bin`, randomBytes(50 + at)]),
    ["data/all bytes é.bin", Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
    ["lines.txt", "a\r\nb\r\n"],
    ["bin/run tests", "#!/bin/sh\n"],
    ["empty", ""],
    [`${"deep/".repeat(30)}file`, "deep"],
    ["ignored.log", "named by .gitignore"],
    [".gitignore", "*.log\n"],
  ]);
  archives["seeds/jenkins/1/build.tar.gz"] = await archiveOf(many, ["bin/run tests"]);
  expect(await caller.create()).toMatchObject({ Status: "SUCCESS" });
  const folder = clone(bare);
  for (const [path, content] of Object.entries(many))
    expect(readFileSync(join(folder, path)).equals(Buffer.from(content))).toBe(true);
  expect(filesOf(bare)).toHaveLength(Object.keys(many).length + 1);
  expect(statSync(join(folder, "bin/run tests")).mode & 0o111).toBe(0o111);
  expect(statSync(join(folder, "lines.txt")).mode & 0o111).toBe(0);
});

test("what a new repository has from its host stays, and the seed's own README counts", async () => {
  commit(bare, { "README.md": "# churn", LICENSE: "MIT" });
  expect(await caller.create()).toMatchObject({ Status: "SUCCESS" });
  expect(filesOf(bare)).toEqual([".gitignore", "LICENSE", "README.md", "project.json", "src/train.py"]);
  expect([git(bare, "show", "main:README.md"), countOf(bare)]).toEqual(["seeded", 2]);
});

test("a branch that is not there is made, beside others", async () => {
  commit(bare, { "app.py": "1" });
  expect(await caller.create({ Branch: "ml/main" })).toMatchObject({ Status: "SUCCESS" });
  expect([countOf(bare, "ml/main"), filesOf(bare)]).toEqual([1, ["app.py"]]);
});

test("created twice is created once", async () => {
  const first = await caller.create();
  expect(await caller.create()).toMatchObject({ Status: "SUCCESS", Data: first.Data });
  expect(countOf(bare)).toBe(1);
});

test("what somebody pushes meanwhile decides, and a second look seeds above it", async () => {
  github.beforePush = () => {
    commit(bare, { "README.md": "made meanwhile" });
  };
  expect(await caller.create()).toMatchObject({ Status: "SUCCESS" });
  expect([countOf(bare), git(bare, "show", "main:README.md")]).toEqual([2, "seeded"]);
});

test("a repository with work in it is refused, by what it has", async () => {
  commit(bare, { "app.py": "1", "b.py": "2", "c.py": "3", "d.py": "4" });
  const { Status, Reason, PhysicalResourceId } = await caller.create();
  expect(Status).toBe("FAILED");
  expect(Reason).toBe(
    `${name}: the branch main must be empty, but for a README, a licence and a .gitignore; got 4 files ` +
      `(app.py, b.py, c.py, …) at ${git(bare, "rev-parse", "--short=8", "main")}`,
  );
  expect(PhysicalResourceId).toBe("not-seeded:request-1");
  expect(await caller.remove(PhysicalResourceId)).toMatchObject({ Status: "SUCCESS", PhysicalResourceId });
  expect(countOf(bare)).toBe(1);
});

describe("defect: 18.1 a second try after a failed project completes it", () => {
  const second = { Project: { ...project, projectId: "p-9z8y7x" } };

  test("on the seed of the first, which nobody has touched", async () => {
    await caller.create();
    expect(await caller.create(second)).toMatchObject({ Status: "SUCCESS" });
    expect(JSON.parse(git(bare, "show", "main:project.json"))).toEqual(second.Project);
    expect(countOf(bare)).toBe(2);
  });

  test("but not where somebody has worked on it", async () => {
    await caller.create();
    commit(bare, { "src/train.py": "print(2)\n" });
    const { Status, Reason } = await caller.create(second);
    expect([Status, Reason]).toEqual(["FAILED", expect.stringContaining("main must be empty")]);
  });

  test("nor on the seed of a project of another name, account or region", async () => {
    await caller.create();
    for (const other of [{ projectName: "fraud" }, { account: "222222222222" }, { region: "eu-west-1" }]) {
      const { Status, Reason } = await caller.create({ Project: { ...project, ...other } });
      expect([Status, Reason]).toEqual(["FAILED", expect.stringContaining("of another project")]);
    }
    expect(countOf(bare)).toBe(1);
  });
});

describe("defect: 13.1, 13.2, 14.7, 18.1 an update", () => {
  const id = () => `github:${name}`;
  const next = "seeds/jenkins/2/build.tar.gz";
  const newer = { Seed: next, SeedVersion: "v2", Project: { ...project, templateVersion: "2" } };

  beforeEach(async () => {
    archives[next] = await archiveOf({ ...files, "src/train.py": "print(2)\n", "src/new.py": "" });
    await caller.create();
  });

  test("to the same seed leaves the repository, and keeps what the stack knows of it", async () => {
    commit(bare, { "src/train.py": "print(9)\n" });
    const answer = await caller.update(id(), {}, { DeleteRepository: "false" });
    expect(answer).toMatchObject({ Status: "SUCCESS", PhysicalResourceId: id(), Data: { Repository: name } });
    expect(git(bare, "branch", "--format=%(refname:short)")).toBe("main");
  });

  test("to another overwrites nothing, and offers it on a branch", async () => {
    commit(bare, { "notes.md": "ours" });
    expect(await caller.update(id(), {}, newer)).toMatchObject({
      Status: "SUCCESS",
      PhysicalResourceId: id(),
    });
    expect(git(bare, "show", "main:src/train.py")).toBe("print(1)");
    expect(filesOf(bare, "seed/2")).toEqual([...filesOf(bare), "src/new.py"].toSorted());
    expect(git(bare, "rev-parse", "seed/2^")).toBe(git(bare, "rev-parse", "main"));
    expect(await caller.update(id(), {}, newer)).toMatchObject({ Status: "SUCCESS" });
    expect(countOf(bare, "seed/2")).toBe(3);
  });

  test("back to what the branch has, as a stack rolls back, changes nothing", async () => {
    expect(await caller.update(id(), newer, {})).toMatchObject({ Status: "SUCCESS" });
    expect(git(bare, "branch", "--format=%(refname:short)")).toBe("main");
  });

  test("does not overwrite an offer that somebody works on", async () => {
    git(bare, "branch", "seed/2", "main");
    const { Status, Reason } = await caller.update(id(), {}, newer);
    expect([Status, Reason]).toEqual([
      "FAILED",
      expect.stringContaining("the branch seed/2 has something else"),
    ]);
  });

  test("to another repository seeds that one, and deletion leaves both", async () => {
    const other = github.add("ml-team/other");
    const moved = await caller.update(id(), {}, { Repository: "ml-team/other" });
    expect(moved).toMatchObject({ Status: "SUCCESS", PhysicalResourceId: "github:ml-team/other" });
    expect(await caller.remove(id())).toMatchObject({ Status: "SUCCESS", PhysicalResourceId: id() });
    expect([countOf(bare), countOf(other)]).toEqual([1, 1]);
  });
});

describe("defect: 13.1 it always answers, with the true reason", () => {
  const failed = async (more = {}) => {
    const { Status, Reason = "" } = await caller.create(more);
    expect(Status).toBe("FAILED");
    expect(Reason).not.toMatch(/session|secret|[0-9a-f]{64}|Signature/);
    return Reason;
  };

  test.each([
    [400, "the connection may not be ready"],
    [401, "the function's role may not use the connection"],
    [403, "may not write there"],
    [404, "there is no such repository"],
    [503, "its own fault"],
  ])("of a Git server that answers %i", async (status, meaning) => {
    github.status = status;
    expect(await failed()).toContain(
      `${name}, through the connection 5d6c9d1e-1111: the Git server answered ${status}: `,
    );
    expect(await failed()).toContain(meaning);
  });

  test("of a page that is no Git server", async () => {
    github.status = 200;
    expect(await failed()).toContain(`what answers at ${GithubConnection.origin} is no Git server`);
  });

  test("of a Git server that is down, and a second try seeds", async () => {
    await github.die();
    expect(await failed()).toContain(`No answer of ${GithubConnection.origin}: nothing listens there`);
    await github.revive();
    globalThis.fetch = realFetch;
    redirectElsewhere({ MLOPS_ELSEWHERE: JSON.stringify({ [GithubConnection.origin]: github.url }) });
    expect(await caller.create()).toMatchObject({ Status: "SUCCESS" });
  });

  test("of a branch that is protected, in its server's words", async () => {
    github.refused = ["refs/heads/main"];
    expect(await failed()).toMatch(/the push was refused: .*not allowed to push code to protected branches/);
  });

  test("of a seed that is not there, or no archive, or leads out of the repository", async () => {
    expect(await failed({ Seed: "seeds/none" })).toContain("The seed seeds/none cannot be read: NoSuchKey");
    archives["seeds/jenkins/1/build.tar.gz"] = Buffer.from("no archive");
    expect(await failed()).toContain("seeds/jenkins/1/build.tar.gz must be a .tar.gz");
    archives["seeds/jenkins/1/build.tar.gz"] = await archiveOf({ ".git/hooks/pre-commit": "evil" });
    expect(await failed()).toContain("must have files only, got: File .git/hooks/pre-commit");
  });

  test("of all properties that are wrong, at once", async () => {
    const wrong = {
      Host: "github",
      Repository: "churn",
      Branch: "a..b",
      Variables: "x",
      Colour: "red",
      SkipCi: true,
    };
    const reason = await failed({ ...wrong, Project: {}, DeleteRepository: "true" });
    for (const part of [
      "Colour is no property of it",
      "DeleteRepository must be false for github",
      "Project must have projectName",
      'Repository must be a name of github, got: "churn"',
      'Branch must be the name of a branch, got: "a..b"',
      "SkipCi must be true or false, got: true",
      'Variables must be a map of strings, got: "x"',
    ])
      expect(reason).toContain(part);
  });

  test("of a request that is no request", async () => {
    expect(await caller.ask({ RequestType: "Create" })).toMatchObject({
      Status: "FAILED",
      Reason: expect.stringContaining("Host must be github or gitlab, got: nothing") as string,
    });
  });

  test("before Lambda ends it", async () => {
    const properties = { Host: "github", Repository: name, Seed: "s", SeedVersion: "v", Project: project };
    const archive = () => new Promise<never>(() => undefined);
    const never = new Caller(cloudFormation, { archive }, properties);
    const answer = await never.ask({ RequestType: "Create", ResourceProperties: properties }, 20_010);
    expect(answer).toMatchObject({ Status: "FAILED", PhysicalResourceId: "not-seeded:request-1" });
    expect(answer.Reason).toContain("It took longer than 0 seconds");
  });

  test("again where CloudFormation did not take it, and else fails without its signed address", async () => {
    cloudFormation.failing = 2;
    expect(await caller.create()).toMatchObject({ Status: "SUCCESS" });
    cloudFormation.failing = 3;
    const failure = await caller.create().catch((error: unknown) => error as Error);
    expect(String(failure)).toMatch(/could not be told of request-2: it answered 503$/);
    cloudFormation.failing = 0;
  });
});
