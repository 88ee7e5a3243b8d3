import { join } from "node:path";
import { execa } from "execa";
import { repository } from "./estate";

export interface CommandOptions {
  /** Folder of the repository to run. @default this one */
  readonly root?: string;
  /** Working folder. @default the repository's */
  readonly cwd?: string;
  readonly environments?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `mlops` as a user does, in a process group of its own; AWS is what this process's variables say. */
export function mlops(args: readonly string[], options: CommandOptions = {}) {
  const { root = repository, cwd = root, environments, env } = options;
  const folder = environments === undefined ? [] : ["--environments", environments];
  return execa(process.execPath, [join(root, "cli/mlops.js"), ...args, ...folder], {
    cwd,
    env: { ...env },
    stdin: "ignore",
    all: true,
    reject: false,
    detached: true,
  });
}

/** A command under way. */
export type RunningCommand = ReturnType<typeof mlops>;
