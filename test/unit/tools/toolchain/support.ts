import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname } from "node:path";

/** Writes an executable shell script. */
export function script(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** A script that says it is Terraform of a version, and leaves a file when it is run. */
export const fakeTerraform = (path: string, version: string): string =>
  script(path, `echo '{ "terraform_version": "${version}", "platform": "any" }'`);

export interface Answer {
  readonly body: Uint8Array | string;
  /** Bytes announced. @default those sent */
  readonly length?: number;
}

/** A local release server: answers by path, 404 for the rest. */
export async function serve(answers: Readonly<Record<string, Answer>>): Promise<{
  url: string;
  requests: string[];
  stop: () => Promise<void>;
}> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    requests.push(path);
    const answer = answers[path];
    if (!answer) return response.writeHead(404).end();
    response.writeHead(200, { "content-length": answer.length ?? Buffer.byteLength(answer.body) });
    response.write(answer.body, () => (answer.length ? response.destroy() : response.end()));
    return response;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
