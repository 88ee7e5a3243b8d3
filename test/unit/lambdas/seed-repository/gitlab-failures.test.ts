import { archiveOf } from "./support/archive";
import { madeOn, nextProject, onGitlab, properties } from "./support/on-gitlab";
import { Caller, countOf, git } from "./support/seeding";

const world = onGitlab();
const made = () => madeOn(world);
const failed = async (more = {}) => {
  const { Status, Reason = "" } = await world.caller.create(more);
  expect(Status).toBe("FAILED");
  expect(Reason).not.toContain(world.token);
  return Reason;
};

test("defect: 18.1 a failure in the middle is told, and a second try completes it", async () => {
  const { fetch: real } = globalThis;
  globalThis.fetch = (url, options) =>
    (url as string).includes("git-receive-pack") ? Promise.reject(gone()) : real(url, options);
  const reason = await failed();
  globalThis.fetch = real;
  expect(reason).toBe(
    `ml/churn/churn-build: No answer of ${world.gitlab.url}: it ended the connection; ml/churn/churn-build stands on GitLab, unfinished`,
  );
  expect(git(made().bare, "for-each-ref")).toBe("");
  expect(await world.caller.create()).toMatchObject({ Status: "SUCCESS" });
  expect(countOf(made().bare)).toBe(1);
});

describe("defect: 18.1 it always answers, with the true reason", () => {
  test("of a token that is wrong, has expired, or may too little", async () => {
    world.token = "glpat-other";
    expect(await failed()).toContain(
      `GitLab at ${world.gitlab.url} answered 401 to GET /projects/ml%2Fchurn%2Fchurn-build: it does not know the token`,
    );
    world.token = "glpat-old";
    expect(await failed()).toContain("or the token has expired or was revoked; invalid_token");
    world.token = "glpat-reads";
    expect(await failed()).toContain(
      "answered 403 to POST /projects: the token may not do this: it needs the scope api and the role Maintainer",
    );
  });

  test("of a group that is not there", async () => {
    expect(await failed({ Repository: "nowhere/churn" })).toBe(
      "nowhere: GitLab has no such group, or the token may not see it",
    );
  });

  test("of a GitLab that is down, or broken, or whose name is not known", async () => {
    world.gitlab.behaviour = "broken";
    expect(await failed()).toContain(
      "answered 502 to GET /projects/ml%2Fchurn%2Fchurn-build: its own fault; Bad Gateway",
    );
    world.gitlab.behaviour = (request) => (request.includes(".git/") ? "broken" : "normal");
    expect(await failed()).toContain(
      'ml/churn/churn-build: the Git server answered 502: its own fault; it said: {"message":"Bad Gateway"}; ml/churn',
    );
    await world.gitlab.die();
    expect(await failed()).toMatch(
      /^GitLab: No answer of .*: (?:nothing listens there|it ended the connection)$/,
    );
    const elsewhere = {
      gitlabUrl: () => "https://gitlab.invalid",
      gitlabToken: () => Promise.resolve(world.token),
    };
    const archive = () => archiveOf({ a: "" });
    const lost = new Caller(world.cloudFormation, { ...elsewhere, archive }, properties);
    expect((await lost.create()).Reason).toMatch(/No answer of https:\/\/gitlab.invalid: .*\(DNS\)/);
  });

  test("of a GitLab that hangs", async () => {
    world.gitlab.behaviour = "hangs";
    const answer = await world.caller.ask({ RequestType: "Create", ResourceProperties: properties }, 20_200);
    expect(answer).toMatchObject({ Status: "FAILED" });
    expect(answer.Reason).toContain("It took longer than 0 seconds; a second try goes on where it ended");
  });

  test("of a branch that is protected", async () => {
    await world.caller.create();
    made().protectedBranches.set("main", 0);
    expect(await failed(nextProject)).toMatch(
      /push was refused: GitLab: You are not allowed to push code to protected/,
    );
  });
});

const gone = () =>
  new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "ECONNRESET" }) });
