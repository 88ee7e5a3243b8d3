import { JenkinsDouble } from "../../../../emulator/jenkins";
import { pruned } from "../../../../emulator/jenkins/tree";

const bot = {
  id: "bot",
  password: "pass:word",
  apiToken: "11a0",
  may: ["Overall/Read", "Job/Read", "Job/Build"] as const,
};
const reader = { id: "reader", password: "r", apiToken: "22b0", may: ["Overall/Read", "Job/Read"] as const };
const guest = { id: "guest", password: "g", apiToken: "33c0", may: ["Overall/Read"] as const };
const deploy = { name: "mlops/deploy", parameters: ["ARN"] };

let jenkins: JenkinsDouble;

beforeEach(async () => {
  jenkins = await JenkinsDouble.start({
    users: [bot, reader, guest],
    jobs: [
      deploy,
      { ...deploy, name: "held", held: true },
      { ...deploy, name: "off", disabled: true },
      { name: "bare" },
      { ...deploy, name: "old", authenticationToken: "token" },
    ],
  });
});
afterEach(() => jenkins.die());

const as = (user: string, secret: string) => ({
  Authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString("base64")}`,
});
const byToken = as("bot", "11a0");

const ask = (path: string, headers: Record<string, string> = byToken, method = "GET") =>
  fetch(jenkins.url + path, { method, headers, redirect: "manual" });
const build = (job: string, headers?: Record<string, string>, method = "POST", query = "ARN=a%26b") =>
  ask(`${job}/buildWithParameters?${query}`, headers, method);
const read = async (path: string) => (await ask(path)).json() as Promise<Record<string, unknown>>;

test("a build that is asked for is queued, started, and told with its parameters", async () => {
  const answer = await build("job/mlops/job/deploy");
  expect([answer.status, answer.headers.get("location")]).toEqual([201, `${jenkins.url}queue/item/1/`]);
  const executable = { number: 1, url: `${jenkins.url}job/mlops/job/deploy/1/` };
  expect(await read("queue/item/1/api/json")).toMatchObject({ why: null, cancelled: false, executable });
  expect(await read("job/mlops/job/deploy/1/api/json")).toMatchObject({
    number: 1,
    actions: [{ causes: [{ userId: "bot" }] }, { parameters: [{ name: "ARN", value: "a&b" }] }],
  });
  const tree = "tree=builds[number,actions[parameters[name,value]]]{0,50}";
  const { builds } = (await read(`job/mlops/job/deploy/api/json?${tree}`)) as { builds: object[] };
  expect(builds[0]).toMatchObject({
    number: 1,
    actions: [{}, { parameters: [{ name: "ARN", value: "a&b" }] }],
  });
  expect(builds[0]).not.toHaveProperty("url");
});

test.each<[string, () => Promise<Response>, number]>([
  ["a wrong token", () => build("job/held", as("bot", "wrong")), 401],
  ["nobody", () => build("job/held", {}), 403],
  ["a user who may not build", () => build("job/held", as("reader", "22b0")), 403],
  ["a user who may not see the job", () => build("job/held", as("guest", "33c0")), 404],
  ["a password without a crumb", () => build("job/held", as("bot", "pass:word")), 403],
  ["GET", () => build("job/held", byToken, "GET"), 405],
  ["a job that is not there", () => build("job/none"), 404],
  ["a disabled job", () => build("job/off"), 409],
  ["a job without parameters", () => build("job/bare"), 500],
  ["another job token", () => build("job/old", byToken, "POST", "token=guessed"), 403],
])("%s builds nothing", async (_who, asked, status) => {
  const answer = await asked();
  expect(answer.status).toBe(status);
  expect(answer.headers.get("x-jenkins")).toBe("2.541.1");
  expect(jenkins.builds).toEqual([]);
});

test("a method that is not allowed is told with the one that is", async () => {
  expect((await build("job/held", byToken, "GET")).headers.get("allow")).toBe("POST");
});

test("a crumb is good with the session that fetched it alone", async () => {
  const byPassword = as("bot", "pass:word");
  const issued = await ask("crumbIssuer/api/json", byPassword);
  const { crumb } = (await issued.json()) as { crumb: string };
  const cookie = issued.headers.get("set-cookie")?.split(";")[0] ?? "";
  const other =
    (await ask("crumbIssuer/api/json", byPassword)).headers.get("set-cookie")?.split(";")[0] ?? "";
  const with_ = (session: string) =>
    build("job/held", { ...byPassword, "Jenkins-Crumb": crumb, Cookie: session });
  expect((await with_(other)).status).toBe(403);
  expect((await with_(cookie)).status).toBe(201);
});

test("requests that are alike fold while they wait, others do not", async () => {
  const statuses = [];
  for (const query of ["ARN=1", "ARN=1", "ARN=2"])
    statuses.push((await build("job/held", byToken, "POST", query)).status);
  expect(statuses).toEqual([201, 303, 201]);
  expect(await read("queue/item/1/api/json")).toMatchObject({ why: expect.any(String) as unknown });
  jenkins.startQueued();
  expect((await build("job/held", byToken, "POST", "ARN=1")).status).toBe(201);
  expect(jenkins.builds.map(({ parameters }) => parameters.ARN)).toEqual(["1", "2"]);
});

test("what a job does not declare is dropped, and what is not given is empty", async () => {
  await build("job/mlops/job/deploy", byToken, "POST", "OTHER=1&cause=ARN");
  expect(jenkins.builds[0]?.parameters).toEqual({ ARN: "" });
});

test("a job's own token builds for anybody who sees the job, even by GET", async () => {
  expect((await build("job/old", as("reader", "22b0"), "GET", "token=token")).status).toBe(201);
});

test("it can refuse, be slow, cut off, be hidden behind a page, or be gone and come back", async () => {
  jenkins.behaviour = "refuses";
  const refused = await build("job/held");
  expect([refused.status, refused.headers.get("location")]).toEqual([302, `${jenkins.url}job/held/`]);
  jenkins.behaviour = "page";
  expect((await build("job/held")).status).toBe(200);
  jenkins.behaviour = "drops";
  await expect(build("job/mlops/job/deploy")).rejects.toThrow();
  expect(jenkins.builds).toHaveLength(1);
  jenkins.behaviour = "slow";
  const signal = AbortSignal.timeout(50);
  await expect(fetch(`${jenkins.url}api/json`, { headers: byToken, signal })).rejects.toThrow("timeout");
  const { url } = jenkins;
  await jenkins.die();
  await expect(build("job/held")).rejects.toThrow();
  await jenkins.revive();
  jenkins.behaviour = "normal";
  expect(jenkins.url).toBe(url);
  expect((await build("job/held")).status).toBe(201);
});

test.each(["builds[", "builds[number", "", "a]"])("%j is no tree", (tree) => {
  expect(() => pruned({}, tree)).toThrow("no tree");
});
