import { mkdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { answerGit, initBare } from "../../../../../emulator/gitlab/git";

/** Git's side of a connection: real repositories below its path, for whoever signs in with the key and session that it knows. */
export class GithubConnection {
  static readonly arn = "arn:aws:codeconnections:us-east-1:111111111111:connection/5d6c9d1e-1111";
  static readonly origin = "https://codestar-connections.us-east-1.amazonaws.com";
  readonly credentials = {
    accessKeyId: "ASIAEXAMPLE",
    secretAccessKey: "secret/key",
    sessionToken: "session/token==",
  };
  /** Answers with this instead. */
  status: number | undefined;
  /** Branches that nobody may push to. */
  refused: readonly string[] = [];
  /** Runs once, before the next push is taken. */
  beforePush: (() => void) | undefined;
  private readonly server: Server;

  private constructor(private readonly folder: string) {
    this.server = createServer((request, response) => {
      const url = new URL(request.url ?? "", GithubConnection.origin);
      const [, name = "", rest = ""] =
        /^\/git-http\/111111111111\/us-east-1\/5d6c9d1e-1111\/(.+)\.git(\/.+)$/.exec(url.pathname) ?? [];
      const [, basic = ""] = /^Basic (.+)$/.exec(request.headers.authorization ?? "") ?? [];
      const signed = /^ASIAEXAMPLE%session\/token==:\d{8}T\d{6}Z[0-9a-f]{64}$/;
      const status = signed.test(Buffer.from(basic, "base64").toString()) ? this.status : 401;
      if (status !== undefined) {
        response.writeHead(status).end("<html></html>");
        return;
      }
      if (rest === "/git-receive-pack") this.meanwhile();
      const [query, refused] = [url.search.slice(1), this.refused];
      void answerGit({ bare: this.bare(name), rest, query, user: "app", refused }, request, response);
    });
  }

  static async start(folder: string): Promise<GithubConnection> {
    const double = new GithubConnection(folder);
    await double.revive();
    return double;
  }

  bare = (name: string): string => join(this.folder, `${name}.git`);

  add(name: string): string {
    mkdirSync(this.bare(name), { recursive: true });
    initBare(this.bare(name));
    return this.bare(name);
  }

  private meanwhile(): void {
    const { beforePush } = this;
    this.beforePush = undefined;
    beforePush?.();
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async revive(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  async die(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
