import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { changedEstate, changes } from "../../support/changed-estate";
import { temporaryFolder } from "../../support/temporary-folder";
import { jsonOf, mlops, mockSts } from "./support";

const environments = changedEstate(changes["a container asked for"]).folder;
const folder = temporaryFolder();
const connectionArn = "arn:aws:codeconnections:us-east-1:111111111111:connection/1";
const variables = { AWS_ENDPOINT_URL: "", AWS_ACCESS_KEY_ID: "secret" };
const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]));

let server: Server;
/** Of connections that there are, and by actions of local AWS. */
let status: string | undefined;
let executions: readonly string[];
let asked: { readonly action: string; readonly secret: unknown; readonly body: unknown }[];

const answerOf = (path: string): object =>
  path.endsWith("Pushed")
    ? { executions }
    : { Connections: status === undefined ? [] : [connectionOf("mlops-mammo-severity", status)] };
const connectionOf = (ConnectionName: string, ConnectionStatus: string) => ({
  ConnectionArn: connectionArn,
  ConnectionName,
  ConnectionStatus,
});

beforeEach(async () => {
  mockSts();
  [status, executions, asked] = ["AVAILABLE", [], []];
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const [, action] = /^\/mlops-local\/(.*)$/.exec(request.url ?? "") ?? [];
      if (action !== undefined)
        asked.push({
          action,
          secret: request.headers["x-local-aws-secret"],
          body: JSON.parse(body) as unknown,
        });
      response.writeHead(200).end(JSON.stringify(answerOf(request.url ?? "")));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, { ...variables, AWS_ENDPOINT_URL: endpoint });
});
afterEach(async () => {
  for (const [name, value] of Object.entries(before))
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

beforeAll(() => {
  execFileSync("git", ["init", "--quiet", "--bare", folder]);
});

test("what is no repository completes nothing", async () => {
  const empty = temporaryFolder();
  const file = join(empty, "models.git");
  writeFileSync(file, "");
  for (const given of [empty, file])
    expect(await mlops(`local connect dev mammo-severity ${given}`, { environments })).toMatchObject({
      code: 2,
      err: expect.stringContaining(`${given} is no repository that git can read`) as string,
    });
  expect(asked).toEqual([]);
});

test("a pending connection is completed with the folder that is given, as local AWS wants it", async () => {
  status = "PENDING";
  expect(await mlops(`local connect dev mammo-severity ${folder}`, { environments })).toEqual({
    code: 0,
    out: `The connection of mammo-severity in dev is available: example/models is ${folder}\n`,
    err: "",
  });
  const body = { connectionArn, repositories: { "example/models": folder } };
  expect(asked).toEqual([{ action: "CompleteConnection", secret: "secret", body }]);
});

test("a push is told by the repository and the branch, and what it starts is said", async () => {
  const nothing = await mlops("local pushed dev mammo-severity", { environments });
  expect(nothing).toMatchObject({ code: 0 });
  expect(nothing.out).toContain(
    "nothing in pipelines/mammo-severity/container of example/models, branch main",
  );
  executions = ["one"];
  expect(jsonOf(await mlops("local pushed dev mammo-severity --json", { environments }))).toEqual({
    repository: "example/models",
    branch: "main",
    executions: ["one"],
  });
  expect(asked.map(({ body }) => body)).toEqual(
    Array(2).fill({ repository: "example/models", branch: "main" }),
  );
});

test.each([
  ["pushed dev mammo-severity", "PENDING", 1, "is PENDING: mlops local connect dev mammo-severity FOLDER"],
  ["pushed dev mammo-severity", undefined, 1, "apply dev-mammo-severity-container first"],
  ["connect dev mammo-severity /not/there", "PENDING", 2, "There is no folder /not/there"],
  ["pushed prod mammo-severity", "AVAILABLE", 2, "Environment prod builds no image of mammo-severity"],
])("local %s, with a connection that is %s: %i", async (args, found, code, complaint) => {
  status = found;
  const ran = await mlops(`local ${args}`, { environments });
  expect(ran).toMatchObject({ code, out: "" });
  expect(ran.err).toContain(complaint);
  expect(asked).toEqual([]);
});
