import git, { Errors } from "isomorphic-git";
import type { GitCredentials } from "./aws-git-credentials";
import { gitHttp } from "./git-http";
import { networkFailure } from "./network-failure";

/** A repository on a Git server, over HTTPS. */
export interface GitPlace {
  readonly url: string;
  /** What messages call it. */
  readonly name: string;
  readonly credentials: GitCredentials;
  /** What the server means by a status. */
  readonly meanings: Readonly<Record<number, string>>;
}

/** The branch has moved since it was read, or its server refuses the change. */
export class RefusedPushError extends Error {}

/** Fetches and pushes between a folder with Git's objects and a server. */
export class GitServer {
  private readonly request: { http: typeof gitHttp; url: string; headers: Record<string, string> };

  constructor(private readonly place: GitPlace) {
    const { username, password } = place.credentials;
    const basic = Buffer.from(`${username}:${password}`).toString("base64");
    this.request = { http: gitHttp, url: place.url, headers: { Authorization: `Basic ${basic}` } };
  }

  /** @returns the branch's commit; undefined where there is no such branch */
  async tipOf(branch: string): Promise<string | undefined> {
    const prefix = `refs/heads/${branch}`;
    const refs = await this.explained(
      git.listServerRefs({ ...this.request, protocolVersion: 1, forPush: true }),
    );
    return refs.find(({ ref }) => ref === prefix)?.oid;
  }

  /** Brings the branch's last commit, with all its files and without its history. */
  async fetch(branch: string, folder: Folder): Promise<void> {
    const only = { depth: 1, singleBranch: true, tags: false, ref: branch, remote: "origin" };
    await git.addRemote({ ...folder, remote: "origin", url: this.place.url, force: true });
    await this.explained(git.fetch({ ...folder, ...this.request, ...only }));
  }

  /** Makes a commit the branch's last one, where that one is its parent. @throws RefusedPushError where the server says no */
  async push(local: string, branch: string, folder: Folder): Promise<void> {
    const said: string[] = [];
    await this.explained(
      git.push({
        ...folder,
        ...this.request,
        ref: local,
        remoteRef: `refs/heads/${branch}`,
        onMessage: (message) => void said.push(message.trim()),
      }),
      said,
    );
  }

  /** @throws Error that says what the server did not like */
  private async explained<T>(work: Promise<T>, said: readonly string[] = []): Promise<T> {
    const { name, url, meanings } = this.place;
    try {
      return await work;
    } catch (error) {
      if (error instanceof Errors.HttpError) {
        const { statusCode, response } = error.data as HttpErrorData;
        const meaning = meanings[statusCode] ?? (statusCode >= 500 ? "its own fault" : "no Git server");
        throw new Error(`${name}: the Git server answered ${statusCode}: ${meaning}${quoted(response)}`, {
          cause: error,
        });
      }
      if (error instanceof Errors.SmartHttpError || error instanceof Errors.EmptyServerResponseError)
        throw new Error(`${name}: what answers at ${new URL(url).origin} is no Git server`, { cause: error });
      if (error instanceof Errors.GitPushError || error instanceof Errors.PushRejectedError) {
        const why = [...said.filter((line) => line !== ""), error.message.trim()].join(" ");
        throw new RefusedPushError(`${name}: the push was refused: ${why}`, { cause: error });
      }
      const failure = networkFailure(error, url);
      throw failure === undefined ? error : new Error(`${name}: ${failure}`, { cause: error });
    }
  }
}

/** Of an answer that is no success; the text is cut off by the library. */
interface HttpErrorData {
  readonly statusCode: number;
  readonly response: string;
}

/** What a server said, unless it was a page. */
const quoted = (said: string): string =>
  said === "" || said.trimStart().startsWith("<") ? "" : `; it said: ${said.trim().replaceAll(/\s+/g, " ")}`;

/** Where isomorphic-git keeps objects. */
export interface Folder {
  readonly fs: typeof import("node:fs");
  readonly gitdir: string;
}
