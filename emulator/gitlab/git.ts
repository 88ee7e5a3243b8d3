import { execFileSync, spawn } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { devNull } from "node:os";
import { join } from "node:path";

/** Of the program alone, without anybody's settings. */
const environment = {
  PATH: process.env.PATH ?? "",
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_SYSTEM: devNull,
  GIT_TERMINAL_PROMPT: "0",
};

export const git = (folder: string, ...words: readonly string[]): string =>
  execFileSync("git", ["-C", folder, ...words], { env: environment, encoding: "utf8", stdio: "pipe" }).trim();

/** Asks the server, by the variable, whether the one who pushes may change a branch. */
const hook = `#!/bin/sh
while read -r before after ref; do
  for refused in $REFUSED_REFS; do
    if [ "$ref" = "$refused" ]; then
      echo "GitLab: You are not allowed to push code to protected branches on this project." >&2
      exit 1
    fi
  done
done
`;

export function initBare(folder: string): void {
  git(folder, "init", "--quiet", "--bare", "--initial-branch=main");
  git(folder, "config", "http.receivepack", "true");
  const path = join(folder, "hooks/pre-receive");
  writeFileSync(path, hook);
  chmodSync(path, 0o755);
}

/** Commits by their branches. */
export const branchesOf = (bare: string): ReadonlyMap<string, string> =>
  new Map(
    git(bare, "for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.split(" ") as [string, string]),
  );

/** What one request of Git's smart HTTP is for. */
export interface GitRequest {
  readonly bare: string;
  /** Behind the repository's path: `/info/refs`, `/git-receive-pack`. */
  readonly rest: string;
  readonly query: string;
  readonly user: string;
  /** Whole names of refs that this one may not change. */
  readonly refused: readonly string[];
}

/** Has Git's own CGI program answer. https://git-scm.com/docs/git-http-backend */
export async function answerGit(
  { bare, rest, query, user, refused }: GitRequest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { headers, method = "GET" } = request;
  const program = spawn("git", ["http-backend"], {
    env: {
      ...environment,
      GIT_PROJECT_ROOT: bare,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: rest,
      QUERY_STRING: query,
      REQUEST_METHOD: method,
      REMOTE_USER: user,
      CONTENT_TYPE: headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: headers["content-encoding"] ?? "",
      GIT_PROTOCOL: String(headers["git-protocol"] ?? ""),
      REFUSED_REFS: refused.join(" "),
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  request.pipe(program.stdin);
  program.stdin.on("error", () => undefined); // it has read all that it wants
  const chunks: Buffer[] = [];
  for await (const chunk of program.stdout) chunks.push(chunk as Buffer);
  sendCgi(Buffer.concat(chunks), response);
}

function sendCgi(output: Buffer, response: ServerResponse): void {
  const end = output.indexOf("\r\n\r\n");
  const lines = output.subarray(0, end).toString().split("\r\n");
  const headers = lines.map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]);
  const status = headers.find(([name]) => name === "Status")?.[1] ?? "200";
  for (const [name, value] of headers.filter(([each]) => each !== "Status")) response.setHeader(name, value);
  response.writeHead(Number.parseInt(status, 10));
  response.end(output.subarray(end + 4));
}
