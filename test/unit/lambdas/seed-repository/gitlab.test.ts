import { roles } from "../../../../emulator/gitlab";
import { ada, madeOn, nextProject, onGitlab, startGitlab } from "./support/on-gitlab";
import { commit, countOf, filesOf, git } from "./support/seeding";

const world = onGitlab();
const made = () => madeOn(world);

test("a project is made in its group, with settings and content", async () => {
  expect(await world.caller.create()).toMatchObject({
    Status: "SUCCESS",
    PhysicalResourceId: "gitlab:ml/churn/churn-build",
    Data: {
      CloneUrl: `${world.gitlab.url}/ml/churn/churn-build.git`,
      Commit: git(made().bare, "rev-parse", "main"),
      Repository: "ml/churn/churn-build",
      NotProtected: "",
    },
  });
  const { variables, environments, schedules, visibility, bare, description } = made();
  expect([visibility, description]).toEqual([
    "private",
    "Repository of SageMaker project churn (111111111111, us-east-1)",
  ]);
  expect(
    [...variables.values()].map(({ key, protected: isProtected, masked }) => [key, isProtected, masked]),
  ).toEqual([
    ["AWS_REGION", true, true],
    ["EXECUTION_ROLE", true, true],
    ["SHORT", true, false],
  ]);
  expect([...environments.values()]).toEqual([{ name: "production", level: roles.maintainer }]);
  expect(schedules).toMatchObject([
    {
      ref: "refs/heads/main",
      cron: "0 4 * * 1",
      cron_timezone: "UTC",
      description: "Train every week",
      active: true,
    },
  ]);
  expect([countOf(bare), filesOf(bare)]).toEqual([1, ["README.md", "project.json", "src/train.py"]]);
});

test("defect: 18.1 created twice is created once, and a half-made project is completed", async () => {
  await world.caller.create();
  const { id } = made();
  expect(await world.caller.create()).toMatchObject({ Status: "SUCCESS" });
  expect([made().id, countOf(made().bare), made().schedules.length]).toEqual([id, 1, 1]);
  made().variables.delete("SHORT");
  made().schedules.pop();
  const variable = made().variables.get("AWS_REGION");
  if (variable) variable.value = "elsewhere";
  expect(await world.caller.create(nextProject)).toMatchObject({ Status: "SUCCESS" });
  expect([made().variables.size, made().variables.get("AWS_REGION")?.value]).toEqual([3, "us-east-1"]);
  expect([made().schedules.length, countOf(made().bare)]).toEqual([1, 2]);
});

test("defect: 18.1 a name that is taken is refused, and its repository stays when the stack goes", async () => {
  const path = "ml/churn/churn-build";
  const theirs = world.gitlab.store.add({
    path,
    name: path,
    description: "ours",
    creator: ada,
    visibility: "private",
  });
  const answer = await world.caller.create({ DeleteRepository: "true" });
  expect(answer).toMatchObject({ Status: "FAILED", PhysicalResourceId: "not-seeded:request-1" });
  expect(answer.Reason).toContain(
    "ml/churn/churn-build: the name is taken on GitLab, by a project whose description",
  );
  for (const id of [answer.PhysicalResourceId, "gitlab:ml/churn/churn-build"])
    expect(await world.caller.remove(id, { DeleteRepository: "true" })).toMatchObject({ Status: "SUCCESS" });
  expect(made()).toBe(theirs);
});

test("a project with work in it is refused", async () => {
  await world.caller.create();
  commit(made().bare, { "src/train.py": "print(2)\n" });
  expect(await world.caller.create(nextProject)).toMatchObject({
    Status: "FAILED",
    Reason: expect.stringContaining("ml/churn/churn-build: the branch main must be empty") as string,
  });
});

test("defect: 18.1 the branch is the one asked for, and becomes the default", async () => {
  expect(await world.caller.create({ Branch: "trunk" })).toMatchObject({ Status: "SUCCESS" });
  expect([made().defaultBranch, made().schedules[0]?.ref]).toEqual(["trunk", "refs/heads/trunk"]);
});

test("without a group it is the token's own user's", async () => {
  const answer = await world.caller.create({ Repository: "churn-build" });
  expect(answer).toMatchObject({
    PhysicalResourceId: "gitlab:churn-build",
    Data: { Repository: "seed-bot/churn-build", CloneUrl: `${world.gitlab.url}/seed-bot/churn-build.git` },
  });
});

test("the free tier has no protected environments, which the answer says", async () => {
  await world.gitlab.stop();
  world.gitlab = await startGitlab({ tier: "free" });
  expect(await world.caller.create()).toMatchObject({
    Status: "SUCCESS",
    Data: { NotProtected: "production" },
  });
});

test("deletion keeps the repository, unless asked", async () => {
  await world.caller.create();
  const id = "gitlab:ml/churn/churn-build";
  expect(await world.caller.remove(id)).toMatchObject({ Status: "SUCCESS", PhysicalResourceId: id });
  expect(made().id).toBe(1);
  const asked = { DeleteRepository: "true" };
  expect(await world.caller.remove(id, asked)).toMatchObject({ Status: "SUCCESS" });
  expect(world.gitlab.store.projects).toEqual([]);
  expect(await world.caller.remove(id, asked)).toMatchObject({ Status: "SUCCESS" });
});

test("deletion that GitLab refuses is told", async () => {
  const description = "Repository of SageMaker project churn (111111111111, us-east-1)";
  const path = "ml/churn/churn-build";
  world.gitlab.store.add({ path, name: path, description, creator: ada, visibility: "private" });
  const { Status, Reason } = await world.caller.remove(`gitlab:${path}`, { DeleteRepository: "true" });
  expect([Status, Reason]).toEqual(["FAILED", expect.stringContaining("answered 403 to DELETE /projects/1")]);
});
