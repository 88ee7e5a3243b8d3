import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { estateFolder } from "../../support/environments";
import { repository } from "../../support/estate";

/** A git repository in a folder. */
export class Repository {
  constructor(readonly folder: string) {}

  /** Begins one with the files of this working tree, committed or not, and the tests' environments. */
  static async ofWorkingTree(folder: string): Promise<Repository> {
    const list = ["ls-files", "--cached", "--others", "--exclude-standard"];
    const { stdout } = await execa("git", list, { cwd: repository });
    for (const file of stdout.split("\n").filter((name) => existsSync(join(repository, name)))) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      cpSync(join(repository, file), join(folder, file));
    }
    rmSync(join(folder, "environments"), { recursive: true, force: true });
    cpSync(estateFolder, join(folder, "environments"), { recursive: true });
    const copy = new Repository(folder);
    await copy.git("init", "--quiet", "--initial-branch", "main");
    await copy.commit("Working tree");
    return copy;
  }

  /** A clone that runs without a set-up of its own: with this repository's packages and tools. */
  async clone(folder: string): Promise<Repository> {
    await execa("git", ["clone", "--quiet", this.folder, folder]);
    symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"), "dir");
    mkdirSync(join(folder, ".cache/terraform"), { recursive: true });
    for (const name of list(join(repository, ".cache/terraform")).filter((name) => name !== "cli.tfrc"))
      symlinkSync(join(repository, ".cache/terraform", name), join(folder, ".cache/terraform", name));
    return new Repository(folder);
  }

  async git(...args: readonly string[]): Promise<string> {
    const author = ["-c", "user.name=Author", "-c", "user.email=author@example.com"];
    return (await execa("git", [...author, ...args], { cwd: this.folder })).stdout;
  }

  /** Commits all that has changed. @returns the commit's id */
  async commit(message: string): Promise<string> {
    await this.git("add", "--all");
    await this.git("commit", "--quiet", "--no-verify", "--message", message);
    return this.git("rev-parse", "HEAD");
  }

  /** Changes a text in a file. @throws Error where the file does not have it */
  edit(file: string, from: string, to: string): void {
    const path = join(this.folder, file);
    const text = readFileSync(path, "utf8");
    if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
    writeFileSync(path, text.replace(from, to));
  }
}

const list = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);
