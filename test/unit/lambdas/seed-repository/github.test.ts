import { archiveOf } from "./support/archive";
import { GithubConnection } from "./support/github";
import { expectManyFiles, manyFiles, programs } from "./support/many-files";
import { onGithub, seedKey } from "./support/on-github";
import { commit, countOf, filesOf, git, project } from "./support/seeding";

const world = onGithub();

test("an empty repository gets the seed and the project's values, in one commit", async () => {
  const answer = await world.caller.create();
  expect(answer).toMatchObject({
    Status: "SUCCESS",
    PhysicalResourceId: `github:${world.name}`,
    LogicalResourceId: "BuildRepository",
    Data: {
      CloneUrl: `${GithubConnection.origin}/git-http/111111111111/us-east-1/5d6c9d1e-1111/${world.name}.git`,
      Commit: git(world.bare, "rev-parse", "main"),
      Repository: world.name,
    },
  });
  expect(filesOf(world.bare)).toEqual([".gitignore", "README.md", "project.json", "src/train.py"]);
  expect<unknown>(JSON.parse(git(world.bare, "show", "main:project.json"))).toEqual(project);
  expect(countOf(world.bare)).toBe(1);
  expect(git(world.bare, "log", "-1", "--format=%s%n%b")).toMatch(
    /^Seed of template jenkins 1\n\n?Seed: [0-9a-f]{64}$/,
  );
});

test("defect: 18.1 binary files, programs, names with spaces and a hundred files arrive byte for byte", async () => {
  world.archives[seedKey] = await archiveOf(manyFiles, programs);
  expect(await world.caller.create()).toMatchObject({ Status: "SUCCESS" });
  expectManyFiles(world.bare);
});

test("what a new repository has from its host stays, and the seed's own README counts", async () => {
  commit(world.bare, { "README.md": "# churn", LICENSE: "MIT" });
  expect(await world.caller.create()).toMatchObject({ Status: "SUCCESS" });
  expect(filesOf(world.bare)).toEqual([".gitignore", "LICENSE", "README.md", "project.json", "src/train.py"]);
  expect([git(world.bare, "show", "main:README.md"), countOf(world.bare)]).toEqual(["seeded", 2]);
});

test("a branch that is not there is made, beside others", async () => {
  commit(world.bare, { "app.py": "1" });
  expect(await world.caller.create({ Branch: "ml/main" })).toMatchObject({ Status: "SUCCESS" });
  expect([countOf(world.bare, "ml/main"), filesOf(world.bare)]).toEqual([1, ["app.py"]]);
});

test("created twice is created once", async () => {
  const first = await world.caller.create();
  expect(await world.caller.create()).toMatchObject({ Status: "SUCCESS", Data: first.Data });
  expect(countOf(world.bare)).toBe(1);
});

test("what somebody pushes meanwhile decides, and a second look seeds above it", async () => {
  world.github.beforePush = () => {
    commit(world.bare, { "README.md": "made meanwhile" });
  };
  expect(await world.caller.create()).toMatchObject({ Status: "SUCCESS" });
  expect([countOf(world.bare), git(world.bare, "show", "main:README.md")]).toEqual([2, "seeded"]);
});

test("a repository with work in it is refused, by what it has", async () => {
  commit(world.bare, { "app.py": "1", "b.py": "2", "c.py": "3", "d.py": "4" });
  const { Status, Reason, PhysicalResourceId } = await world.caller.create();
  expect(Status).toBe("FAILED");
  expect(Reason).toBe(
    `${world.name}: the branch main must be empty, but for a README, a licence and a .gitignore; got 4 files ` +
      `(app.py, b.py, c.py, …) at ${git(world.bare, "rev-parse", "--short=8", "main")}`,
  );
  expect(PhysicalResourceId).toBe("not-seeded:request-1");
  expect(await world.caller.remove(PhysicalResourceId)).toMatchObject({
    Status: "SUCCESS",
    PhysicalResourceId,
  });
  expect(countOf(world.bare)).toBe(1);
});
