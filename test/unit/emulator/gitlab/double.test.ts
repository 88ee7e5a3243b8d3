import { join } from "node:path";
import { Gitlab } from "@gitbeaker/rest";
import { GitlabDouble, roles } from "../../../../emulator/gitlab";
import { temporaryFolder } from "../../../support/temporary-folder";

const user = (username: string, ...scopes: ("api" | "read_api")[]) => ({
  username,
  tokens: [{ value: `glpat-${username}`, scopes }],
});
let double: GitlabDouble;
const as = (username: string) => new Gitlab({ host: double.url, token: `glpat-${username}` });
const ask = async (path: string, token: string, method = "GET", body?: object) => {
  const headers = { "private-token": token, "content-type": "application/json" };
  const response = await fetch(`${double.url}/api/v4${path}`, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json(), headers: response.headers };
};

beforeEach(async () => {
  double = await GitlabDouble.start({
    folder: join(temporaryFolder(), "gitlab"),
    users: [user("ada", "api"), user("bob", "api"), user("eve", "api"), user("reader", "read_api")],
    groups: [
      { path: "ml", members: { ada: roles.maintainer, bob: roles.developer, reader: roles.reporter } },
    ],
  });
});
afterEach(() => double.stop());

const madeIn = async (group: string, name = "churn") => {
  const { id } = await as("ada").Groups.show(group);
  return as("ada").Projects.create({ name, namespaceId: id, description: "ours", visibility: "private" });
};

test("an independent client makes a project, its variables, environments and schedules, and reads them back", async () => {
  const { id, path_with_namespace: path, http_url_to_repo: url } = await madeIn("ml");
  expect([path, url]).toEqual(["ml/churn", `${double.url}/ml/churn.git`]);
  const { Projects, ProjectVariables, ProjectProtectedEnvironments, PipelineSchedules } = as("ada");
  expect(await Projects.show("ml/churn")).toMatchObject({ id, description: "ours", empty_repo: true });
  await ProjectVariables.create(id, "REGION", "us-east-1", { protected: true, masked: true });
  await ProjectVariables.edit(id, "REGION", "eu-west-1");
  expect(await ProjectVariables.all(id)).toMatchObject([
    { key: "REGION", value: "eu-west-1", protected: true, masked: true, environment_scope: "*" },
  ]);
  // The client sends levels as an object with numbers for names, which GitLab does not take for a list.
  const production = { name: "production", deploy_access_levels: [{ access_level: roles.maintainer }] };
  await ask(`/projects/${id}/protected_environments`, "glpat-ada", "POST", production);
  expect(await ProjectProtectedEnvironments.show(id, "production")).toMatchObject({
    deploy_access_levels: [{ access_level: roles.maintainer }],
  });
  const schedule = await PipelineSchedules.create(id, "weekly", "main", "0 4 * * 1");
  await PipelineSchedules.edit(id, schedule.id, { cron: "0 5 * * 1" });
  expect(await PipelineSchedules.all(id)).toMatchObject([{ ref: "refs/heads/main", cron: "0 5 * * 1" }]);
});

test("lists come in pages", async () => {
  const { id } = await madeIn("ml");
  for (let at = 0; at < 25; at += 1) await as("ada").ProjectVariables.create(id, `V_${at}`, "x");
  expect(await as("ada").ProjectVariables.all(id)).toHaveLength(25);
  const { body, headers } = await ask(`/projects/${id}/variables?per_page=10&page=3`, "glpat-ada");
  expect(body).toHaveLength(5);
  expect(["x-total", "x-total-pages", "x-next-page", "x-prev-page"].map((name) => headers.get(name))).toEqual(
    [...["25", "3", "", "2"]],
  );
});

test.each<[string, string, string, string, object | undefined, number, object]>([
  ["no token that it knows", "glpat-x", "GET", "/user", undefined, 401, { message: "401 Unauthorized" }],
  [
    "a token that only reads",
    "glpat-reader",
    "POST",
    "/projects",
    { name: "x" },
    403,
    { error: "insufficient_scope" },
  ],
  [
    "who may not see it",
    "glpat-eve",
    "GET",
    "/projects/ml%2Fchurn",
    undefined,
    404,
    { message: "404 Project Not Found" },
  ],
  [
    "a group that one may not see",
    "glpat-eve",
    "GET",
    "/groups/ml",
    undefined,
    404,
    { message: "404 Group Not Found" },
  ],
  [
    "a developer's settings",
    "glpat-bob",
    "GET",
    "/projects/1/variables",
    undefined,
    403,
    { message: "403 Forbidden" },
  ],
  [
    "a name that is taken",
    "glpat-ada",
    "POST",
    "/projects",
    { name: "churn", namespace_id: 1000 },
    400,
    { message: { path: ["has already been taken"] } },
  ],
  [
    "no name",
    "glpat-ada",
    "POST",
    "/projects",
    {},
    400,
    { error: "name, path are missing, at least one parameter must be provided" },
  ],
  [
    "a value that cannot be masked",
    "glpat-ada",
    "POST",
    "/projects/1/variables",
    { key: "A", value: "a b", masked: true },
    400,
    { message: { value: ["is invalid"] } },
  ],
  [
    "a level that is missing",
    "glpat-ada",
    "POST",
    "/projects/1/protected_environments",
    { name: "p" },
    400,
    {},
  ],
  [
    "a cron that is none",
    "glpat-ada",
    "POST",
    "/projects/1/pipeline_schedules",
    { description: "d", ref: "main", cron: "daily" },
    400,
    { message: { cron: ["is invalid syntax"] } },
  ],
  [
    "variables of a pipeline",
    "glpat-bob",
    "POST",
    "/projects/1/pipeline",
    { ref: "main", variables: [] },
    400,
    { message: { base: ["Insufficient permissions to set pipeline variables"] } },
  ],
  [
    "a branch that is not there",
    "glpat-bob",
    "POST",
    "/projects/1/pipeline",
    { ref: "none" },
    400,
    { message: { base: ["Reference not found"] } },
  ],
  [
    "a call that it does not know",
    "glpat-ada",
    "GET",
    "/projects/1/hooks",
    undefined,
    404,
    { error: "404 Not Found" },
  ],
])("refuses %s, as GitLab does", async (_what, token, method, path, body, status, said) => {
  await madeIn("ml");
  const answer = await ask(path, token, method, body);
  expect(answer).toMatchObject({ status, body: said });
});

test("says who signs its tokens, and by which key", async () => {
  const read = async (path: string) => (await fetch(double.url + path)).json();
  expect(await read("/.well-known/openid-configuration")).toMatchObject({
    issuer: double.url,
    jwks_uri: `${double.url}/oauth/discovery/keys`,
  });
  expect(await read("/oauth/discovery/keys")).toMatchObject({
    keys: [{ kty: "RSA", alg: "RS256", use: "sig" }],
  });
});
