import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { AccountAccess } from "../../../../deploy/access/account-access";
import { listConnections } from "../../../../deploy/doctor/connections";
import { askLocalAws, type LocalAwsAddress } from "../../../../tools/local-aws/address";

/** Repositories of GitHub, here bare ones on this machine, and the connection that leads there once a person has completed it. */
export class Github {
  constructor(private readonly folder: string) {}

  /** @returns the folder of an empty repository */
  add(name: string): string {
    const bare = this.folderOf(name);
    mkdirSync(bare, { recursive: true });
    git(bare, "init", "--quiet", "--bare", "--initial-branch=main");
    git(bare, "config", "http.receivepack", "true");
    return bare;
  }

  clone(name: string): string {
    const into = join(this.folder, "clones", name);
    mkdirSync(into, { recursive: true });
    git(into, "clone", "--quiet", this.folderOf(name), ".");
    return into;
  }

  /** As a person does in a browser. */
  async complete(localAws: LocalAwsAddress, access: AccountAccess, names: readonly string[]): Promise<void> {
    const [connection] = await listConnections(access);
    const repositories = Object.fromEntries(names.map((name) => [name, this.folderOf(name)]));
    const body = { connectionArn: connection?.ConnectionArn, repositories };
    const answer = await askLocalAws(localAws, "CompleteConnection", body);
    if (!answer.ok) throw new Error(await answer.text());
  }

  /** The bare repository. */
  folderOf(name: string): string {
    return join(this.folder, `${name}.git`);
  }
}

export const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync("git", ["-C", folder, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();
