import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../../support/temporary-folder";
import { commitIn, gitIn, idsOf, SmallRepository } from "./support/small-repository";

const earlier = (file: string): void => {
  writeFileSync(file, readFileSync(file, "utf8").replace("at 23", "at 22"));
};

test("a product in a folder of somebody's repository is compared with that folder of the other commit", async () => {
  const repository = new SmallRepository("teams/ml");
  earlier(join(repository.environments, "prod.json"));
  expect(await repository.affected("HEAD")).toMatchObject({
    stacks: [{ id: "prod", reasons: ["aws_rule.nightly changed: schedule_expression"] }],
  });
});

test("environment files may be named through a link, as where a build server's folder is one", async () => {
  const repository = new SmallRepository("teams/ml");
  const link = join(temporaryFolder(), "workspace");
  symlinkSync(repository.top, link);
  earlier(join(repository.environments, "prod.json"));
  expect(await repository.affected("HEAD", join(link, "teams/ml/environments"))).toMatchObject({
    stacks: [{ id: "prod", reasons: ["aws_rule.nightly changed: schedule_expression"] }],
  });
});

describe("environment files in a submodule beside the product", () => {
  const repository = new SmallRepository("teams/ml");
  const origin = temporaryFolder();
  const estate = join(repository.top, "estate/environments");

  beforeAll(() => {
    cpSync(repository.environments, join(origin, "environments"), { recursive: true });
    gitIn(origin, "init", "--quiet");
    commitIn(origin, "first");
    repository.git("submodule", "--quiet", "add", origin, "estate");
    repository.commit("submodule");
  });

  test("are compared with those of the submodule's commit", async () => {
    expect(idsOf(await repository.affected("HEAD", estate))).toEqual([]);
    earlier(join(estate, "dev.json"));
    commitIn(estate, "second");
    expect(idsOf(await repository.affected("HEAD", estate))).toEqual(["dev"]);
    expect(gitIn(estate, "worktree", "list").split("\n")).toHaveLength(1);
  });

  test("every stack is affected where the submodule is not checked out", async () => {
    repository.git("submodule", "--quiet", "deinit", "--force", "estate");
    cpSync(join(origin, "environments"), estate, { recursive: true });
    rmSync(join(repository.folder, ".cache/affected"), { recursive: true, force: true });
    const [stack] = (await repository.affected("HEAD", estate)).stacks;
    expect(stack?.reasons[0]).toMatch(/not checked out \(git submodule update --init\)/);
  });
});
