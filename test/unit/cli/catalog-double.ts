import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Stands for the endpoint of AWS that Service Catalog has. */
export interface CatalogDouble {
  readonly asked: { readonly target: unknown; readonly body: unknown }[];
  /** What the next request gets. */
  answer(status: number, body: object): void;
  stop(): Promise<void>;
}

export async function catalogDouble(): Promise<CatalogDouble> {
  const before = process.env.AWS_ENDPOINT_URL;
  const asked: CatalogDouble["asked"] = [];
  const answers: { readonly status: number; readonly body: object }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      asked.push({ target: request.headers["x-amz-target"], body: JSON.parse(body) });
      const { status, body: answer } = answers.shift() ?? { status: 500, body: {} };
      response.writeHead(status).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    asked,
    answer: (status, body) => void answers.push({ status, body }),
    stop: async () => {
      if (before === undefined) delete process.env.AWS_ENDPOINT_URL;
      else process.env.AWS_ENDPOINT_URL = before;
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
