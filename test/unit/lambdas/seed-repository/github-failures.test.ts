import { archiveOf } from "./support/archive";
import { GithubConnection } from "./support/github";
import { onGithub, redirect, seedKey } from "./support/on-github";
import { Caller, project } from "./support/seeding";

const world = onGithub();

describe("defect: 13.1 it always answers, with the true reason", () => {
  const failed = async (more = {}) => {
    const { Status, Reason = "" } = await world.caller.create(more);
    expect(Status).toBe("FAILED");
    expect(Reason).not.toMatch(/session|secret|[0-9a-f]{64}|Signature/);
    return Reason;
  };

  test.each([
    [400, "a person must complete the connection in the console"],
    [401, "the function's role may not use the connection"],
    [403, "a person must complete the connection in the console, if nobody has yet; else"],
    [404, "there is no such repository"],
    [503, "its own fault"],
  ])("of a Git server that answers %i", async (status, meaning) => {
    world.github.status = status;
    expect(await failed()).toContain(
      `${world.name}, through the connection 5d6c9d1e-1111: the Git server answered ${status}: `,
    );
    expect(await failed()).toContain(meaning);
  });

  test("of a page that is no Git server", async () => {
    world.github.status = 200;
    expect(await failed()).toContain(`what answers at ${GithubConnection.origin} is no Git server`);
  });

  test("of a Git server that is down, and a second try seeds", async () => {
    await world.github.die();
    expect(await failed()).toContain(`No answer of ${GithubConnection.origin}: nothing listens there`);
    await world.github.revive();
    redirect(world.github);
    expect(await world.caller.create()).toMatchObject({ Status: "SUCCESS" });
  });

  test("of a branch that is protected, in its server's words", async () => {
    world.github.refused = ["refs/heads/main"];
    expect(await failed()).toMatch(/the push was refused: .*not allowed to push code to protected branches/);
  });

  test("of a seed that is not there, or no archive, or leads out of the repository", async () => {
    expect(await failed({ Seed: "seeds/none" })).toContain("The seed seeds/none cannot be read");
    world.archives[seedKey] = Buffer.from("no archive");
    expect(await failed()).toContain("seeds/jenkins/1/build.tar.gz must be a .tar.gz");
    world.archives[seedKey] = await archiveOf({ ".git/hooks/pre-commit": "evil" });
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
    expect(await world.caller.ask({ RequestType: "Create" })).toMatchObject({
      Status: "FAILED",
      Reason: expect.stringContaining("Host must be github or gitlab, got: nothing") as string,
    });
  });

  test("before Lambda ends it", async () => {
    const properties = {
      Host: "github",
      Repository: world.name,
      Seed: "s",
      SeedVersion: "v",
      Project: project,
    };
    const archive = () => new Promise<never>(() => undefined);
    const never = new Caller(world.cloudFormation, { archive }, properties);
    const answer = await never.ask({ RequestType: "Create", ResourceProperties: properties }, 20_010);
    expect(answer).toMatchObject({ Status: "FAILED", PhysicalResourceId: "not-seeded:request-1" });
    expect(answer.Reason).toContain("It took longer than 0 seconds");
  });

  test("again where CloudFormation did not take it, and else fails without its signed address", async () => {
    world.cloudFormation.failing = 2;
    expect(await world.caller.create()).toMatchObject({ Status: "SUCCESS" });
    world.cloudFormation.failing = 3;
    await expect(world.caller.create()).rejects.toThrow(/could not be told of request-2: it answered 503$/);
    world.cloudFormation.failing = 0;
  });
});
