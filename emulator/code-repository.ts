import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import { dirname, join } from "node:path";

/** A repository of code, bare, with a working copy, whatever the user's own settings of git. */
export class CodeRepository {
  private readonly work: string;

  constructor(private readonly root: string) {
    this.work = join(root, "work");
    this.git(root, "init", "--quiet", "--bare", "--initial-branch=main", this.bare);
    this.git(root, "clone", "--quiet", this.bare, this.work);
  }

  get bare(): string {
    return join(this.root, "code.git");
  }

  /** @returns the commit */
  push(files: Readonly<Record<string, string>>): string {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.work, name)), { recursive: true });
      writeFileSync(join(this.work, name), content);
    }
    this.git(this.work, "add", "--all");
    this.git(this.work, "commit", "--quiet", "--message", "change");
    this.git(this.work, "push", "--quiet", "origin", "HEAD:refs/heads/main");
    return this.git(this.work, "rev-parse", "HEAD").trim();
  }

  private git(directory: string, ...words: readonly string[]): string {
    const who = { NAME: "test", EMAIL: "test@example.com" };
    const people = ["AUTHOR", "COMMITTER"].flatMap((role) =>
      Object.entries(who).map(([what, value]) => [`GIT_${role}_${what}`, value] as const),
    );
    const own = { GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_SYSTEM: devNull };
    const env = { ...process.env, ...Object.fromEntries(people), ...own };
    return execFileSync("git", ["-C", directory, ...words], {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  }
}
