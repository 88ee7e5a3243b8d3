import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { affectedStacks, type Affected } from "../../../../../deploy/affected";
import { repository as ours } from "../../../../support/estate";
import { temporaryFolder } from "../../../../support/temporary-folder";

/** A stand-in for `main.ts`: a stack for each environment file, with what the file says and one script as asset. */
const program = `
const { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { MLOPS_ENVIRONMENTS: environments, CDKTF_OUTDIR: output } = process.env;
for (const file of readdirSync(environments)) {
  const { account, schedule } = JSON.parse(readFileSync(environments + "/" + file, "utf8"));
  if (account.length !== 12) {
    console.error(environments + "/" + file + ":1:1 account must be 12 digits");
    process.exit(1);
  }
  const stack = output + "/stacks/" + file.replace(".json", "");
  const asset = stack + "/assets/script/" + readFileSync("script.py").length;
  mkdirSync(asset, { recursive: true });
  cpSync("script.py", asset + "/script.py");
  const rule = { schedule_expression: schedule };
  writeFileSync(stack + "/cdk.tf.json", JSON.stringify({ resource: { aws_rule: { nightly: rule } } }));
}
`;

const files = {
  "main.ts": program,
  "script.py": "print()\n",
  "environments/dev.json": '{ "account": "111111111111", "schedule": "at 23" }\n',
  "environments/prod.json": '{ "account": "222222222222", "schedule": "at 23" }\n',
  "package.json": '{ "type": "commonjs" }\n',
  "tsconfig.json": '{ "compilerOptions": { "module": "commonjs" }, "ts-node": { "swc": true } }\n',
  "package-lock.json": '{ "packages": { "node_modules/cdktf": { "version": "0.21.0" } } }\n',
  ".terraform-version": "1.11.4\n",
  ".gitignore": ".cache\nnode_modules\n",
};

/** Runs git as somebody. */
export const gitIn = (folder: string, ...args: string[]): string => {
  const somebody = [
    "-c",
    "user.name=test",
    "-c",
    "user.email=test@example.com",
    "-c",
    "protocol.file.allow=always",
  ];
  return execFileSync("git", ["-C", folder, ...somebody, ...args], { encoding: "utf8" }).trim();
};

export const commitIn = (folder: string, message: string): string => {
  gitIn(folder, "add", "--all");
  gitIn(folder, "commit", "--quiet", "--no-verify", "--message", message);
  return gitIn(folder, "rev-parse", "HEAD");
};

/** A small product in a repository with one commit, and the packages that are installed here. */
export class SmallRepository {
  /** The repository's top folder. */
  readonly top = temporaryFolder();
  /** The product's. */
  readonly folder: string;
  readonly environments: string;
  readonly first: string;

  /** @param below the product's folder in the repository */
  constructor(below = "") {
    this.folder = join(this.top, below);
    this.environments = join(this.folder, "environments");
    for (const [name, text] of Object.entries(files)) this.write(name, text);
    symlinkSync(join(ours, "node_modules"), join(this.folder, "node_modules"));
    gitIn(this.top, "init", "--quiet", "--initial-branch=main");
    this.first = this.commit("first");
  }

  git = (...args: string[]): string => gitIn(this.top, ...args);

  commit = (message: string): string => commitIn(this.top, message);

  write(name: string, text: string): void {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  edit(name: string, change: (text: string) => string): void {
    this.write(name, change(readFileSync(join(this.folder, name), "utf8")));
  }

  /** Synthesises the files as they are and compares them with a commit. @returns what differs, without the files */
  async affected(reference: string, environments = this.environments): Promise<Affected> {
    const synthesised = join(this.folder, ".cache/now");
    rmSync(synthesised, { recursive: true, force: true });
    execFileSync(process.execPath, ["--eval", program], {
      cwd: this.folder,
      env: { ...process.env, CDKTF_OUTDIR: synthesised, MLOPS_ENVIRONMENTS: environments },
    });
    const comparison = { repository: this.folder, reference, synthesised, environments };
    const { commit, stacks, removed } = await affectedStacks(comparison);
    return { commit, stacks, removed };
  }
}

export const idsOf = ({ stacks }: Affected): string[] => stacks.map(({ id }) => id);
