import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { checkConnections } from "../../../../deploy/doctor/connections";

const arn = "arn:aws:codeconnections:eu-west-1:111111111111:connection/1";
const described = (ConnectionStatus: string) => ({
  ConnectionArn: arn,
  ConnectionName: "mlops-iris",
  ConnectionStatus,
});
const credentials = () => Promise.resolve({ accessKeyId: "AKIAEXAMPLE", secretAccessKey: "x" });
const access = { region: "eu-west-1", maxAttempts: 1, credentials };
const before = process.env.AWS_ENDPOINT_URL;

let server: Server;
let answers: { readonly status?: number; readonly body: object }[];
let asked: { readonly authorization: string | undefined; readonly body: string }[];

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      asked.push({ authorization: request.headers.authorization, body });
      const { status = 200, body: answer } = answers.shift() ?? { status: 500, body: {} };
      response.writeHead(status).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  if (before === undefined) delete process.env.AWS_ENDPOINT_URL;
  else process.env.AWS_ENDPOINT_URL = before;
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const check = (...connections: Parameters<typeof checkConnections>[1]) =>
  checkConnections("dev", connections, access);

test("a connection that a person has completed is in order, by name or by ARN, on whichever page it stands", async () => {
  answers = [
    { body: { Connections: [], NextToken: "more" } },
    { body: { Connections: [described("AVAILABLE")] } },
  ];
  const subject = "Connection of dev";
  expect(await check({ name: "mlops-iris" }, { arn })).toEqual([
    { subject, ok: true, found: "mlops-iris" },
    { subject, ok: true, found: arn },
  ]);
  expect(asked.map(({ body }) => JSON.parse(body) as object)).toEqual([
    { MaxResults: 100 },
    { MaxResults: 100, NextToken: "more" },
  ]);
  expect(asked[0]?.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE\/\d{8}\/eu-west-1\/codeconnections\/aws4_request, /,
  );
});

test("one that is pending is said with where a person completes it, and one that is not there with who makes it", async () => {
  answers = [{ body: { Connections: [described("PENDING")] } }];
  expect(await check({ name: "mlops-iris" }, { name: "mlops-wine" })).toMatchObject([
    {
      ok: false,
      found: "mlops-iris is PENDING: nobody has let it see the repository",
      remedy: expect.stringContaining(
        "https://eu-west-1.console.aws.amazon.com/codesuite/settings/connections?region=eu-west-1",
      ) as string,
    },
    { ok: false, found: "there is no connection mlops-wine", remedy: "plan and apply the container's stack" },
  ]);
});

test("what the role may not see is said with what it lacks, and without connections nobody is asked", async () => {
  answers = [{ status: 400, body: { __type: "AccessDeniedException", message: "not authorized" } }];
  expect(await check({ name: "mlops-iris" })).toMatchObject([
    { ok: false, found: "not authorized", remedy: "let the role look: codeconnections:ListConnections" },
  ]);
  expect(await check()).toEqual([]);
  expect(asked).toHaveLength(1);
});
