import { archiveOf } from "./support/archive";
import { files, onGithub } from "./support/on-github";
import { commit, countOf, filesOf, git, project } from "./support/seeding";

const world = onGithub();

describe("defect: 18.1 a second try after a failed project completes it", () => {
  const second = { Project: { ...project, projectId: "p-9z8y7x" } };

  test("on the seed of the first, which nobody has touched", async () => {
    await world.caller.create();
    expect(await world.caller.create(second)).toMatchObject({ Status: "SUCCESS" });
    expect(JSON.parse(git(world.bare, "show", "main:project.json"))).toEqual(second.Project);
    expect(countOf(world.bare)).toBe(2);
  });

  test("but not where somebody has worked on it", async () => {
    await world.caller.create();
    commit(world.bare, { "src/train.py": "print(2)\n" });
    const { Status, Reason } = await world.caller.create(second);
    expect([Status, Reason]).toEqual(["FAILED", expect.stringContaining("main must be empty")]);
  });

  test("nor on the seed of a project of another name, account or region", async () => {
    await world.caller.create();
    for (const other of [{ projectName: "fraud" }, { account: "222222222222" }, { region: "eu-west-1" }]) {
      const { Status, Reason } = await world.caller.create({ Project: { ...project, ...other } });
      expect([Status, Reason]).toEqual(["FAILED", expect.stringContaining("of another project")]);
    }
    expect(countOf(world.bare)).toBe(1);
  });
});

describe("defect: 13.1, 13.2, 14.7, 18.1 an update", () => {
  const id = () => `github:${world.name}`;
  const next = "seeds/jenkins/2/build.tar.gz";
  const newer = { Seed: next, SeedVersion: "v2", Project: { ...project, templateVersion: "2" } };

  beforeEach(async () => {
    world.archives[next] = await archiveOf({ ...files, "src/train.py": "print(2)\n", "src/new.py": "" });
    await world.caller.create();
  });

  test("to the same seed leaves the repository, and keeps what the stack knows of it", async () => {
    commit(world.bare, { "src/train.py": "print(9)\n" });
    const answer = await world.caller.update(id(), {}, { DeleteRepository: "false" });
    expect(answer).toMatchObject({
      Status: "SUCCESS",
      PhysicalResourceId: id(),
      Data: { Repository: world.name },
    });
    expect(git(world.bare, "branch", "--format=%(refname:short)")).toBe("main");
  });

  test("to another overwrites nothing, and offers it on a branch", async () => {
    commit(world.bare, { "notes.md": "ours" });
    expect(await world.caller.update(id(), {}, newer)).toMatchObject({
      Status: "SUCCESS",
      PhysicalResourceId: id(),
    });
    expect(git(world.bare, "show", "main:src/train.py")).toBe("print(1)");
    expect(filesOf(world.bare, "seed/2")).toEqual([...filesOf(world.bare), "src/new.py"].toSorted());
    expect(git(world.bare, "rev-parse", "seed/2^")).toBe(git(world.bare, "rev-parse", "main"));
    expect(await world.caller.update(id(), {}, newer)).toMatchObject({ Status: "SUCCESS" });
    expect(countOf(world.bare, "seed/2")).toBe(3);
  });

  test("back to what the branch has, as a stack rolls back, changes nothing", async () => {
    expect(await world.caller.update(id(), newer, {})).toMatchObject({ Status: "SUCCESS" });
    expect(git(world.bare, "branch", "--format=%(refname:short)")).toBe("main");
  });

  test("does not overwrite an offer that somebody works on", async () => {
    git(world.bare, "branch", "seed/2", "main");
    const { Status, Reason } = await world.caller.update(id(), {}, newer);
    expect([Status, Reason]).toEqual([
      "FAILED",
      expect.stringContaining("the branch seed/2 has something else"),
    ]);
  });

  test("to another repository seeds that one, and deletion leaves both", async () => {
    const other = world.github.add("ml-team/other");
    const moved = await world.caller.update(id(), {}, { Repository: "ml-team/other" });
    expect(moved).toMatchObject({ Status: "SUCCESS", PhysicalResourceId: "github:ml-team/other" });
    expect(await world.caller.remove(id())).toMatchObject({ Status: "SUCCESS", PhysicalResourceId: id() });
    expect([countOf(world.bare), countOf(other)]).toEqual([1, 1]);
  });
});
