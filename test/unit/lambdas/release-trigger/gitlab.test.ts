import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { NotStartedError } from "../../../../lambdas/release-trigger/ci-server";
import { gitlab } from "../../../../lambdas/release-trigger/gitlab";

const version = "arn:aws:sagemaker:us-east-1:333333333333:model-package/mammo-severity/2";

let server: Server;
let answers: (request: IncomingMessage) => { readonly status: number; readonly body?: unknown };
const asked: { readonly line: string; readonly token: unknown; readonly body: string }[] = [];
const client = () => {
  const { port } = server.address() as AddressInfo;
  const settings = { url: `http://127.0.0.1:${port}`, project: "ml/models", ref: "main" };
  return gitlab(settings, '{"token":"t:o"}');
};

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      asked.push({
        line: `${method} ${url}`,
        token: headers["private-token"],
        body: Buffer.concat(chunks).toString(),
      });
      const { status, body } = answers(request);
      response.writeHead(status, { "Content-Type": "application/json", Location: "/" });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => server.close());
beforeEach(() => (asked.length = 0));

test("18.3: starts the pipeline of the project that is named, with the version as its input", async () => {
  answers = () => ({ status: 201, body: { id: 7, web_url: "https://gitlab/ml/models/-/pipelines/7" } });
  expect(await client().start(version)).toBe("https://gitlab/ml/models/-/pipelines/7");
  const body = JSON.stringify({ ref: "main", inputs: { model_package_arn: version } });
  expect(asked).toEqual([{ line: "POST /api/v4/projects/ml%2Fmodels/pipeline", token: "t:o", body }]);
});

test.each([
  [400, "no such branch, or no input model_package_arn"],
  [401, "the token has expired"],
  [403, "needs the scope api"],
  [404, "there is no such project"],
  [302, "it is not at this address"],
  [200, "a page of something before it"],
  [429, "GitLab answered 429"],
])("18.3: %i is an error, and nothing was started", async (status, message) => {
  answers = () => ({ status });
  const failure = client().start(version);
  await expect(failure).rejects.toThrow(NotStartedError);
  await expect(failure).rejects.toThrow(message);
});

test("its own faults, and 201 with nothing in it, leave open whether it started", async () => {
  for (const answer of [{ status: 502 }, { status: 408 }, { status: 201, body: {} }]) {
    answers = () => answer;
    await expect(client().start(version)).rejects.not.toThrow(NotStartedError);
  }
});

test("finds none where no pipeline was started since, and cannot tell where one was", async () => {
  answers = () => ({ status: 200, body: [] });
  expect(await client().find(version, new Date("2026-11-26T10:00:00Z"))).toBeUndefined();
  expect(asked[0]?.line).toBe(
    "GET /api/v4/projects/ml%2Fmodels/pipelines?ref=main&source=api&updated_after=2026-11-26T09%3A59%3A00.000Z",
  );
  answers = () => ({ status: 200, body: [{ web_url: "https://gitlab/7" }] });
  await expect(client().find(version, new Date())).rejects.toThrow(
    "see whether https://gitlab/7 is its pipeline",
  );
});
