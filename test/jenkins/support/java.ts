import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { onPath } from "../../../tools/toolchain/on-path";

/** Oldest Java that Groovy is run on. */
export const oldestJava = 8;

/** A Java to run Groovy on: that of `JAVA_HOME`, else the first on `PATH` that starts; undefined where there is none. */
export function findJava({ JAVA_HOME, PATH }: NodeJS.ProcessEnv = process.env): string | undefined {
  const home = JAVA_HOME ? [join(JAVA_HOME, "bin/java")].filter(existsSync) : [];
  return [...home, ...onPath("java", PATH ?? "")].find((java) => (versionOf(java) ?? 0) >= oldestJava);
}

/** Major version; undefined where the file does not start, as macOS's placeholder. */
function versionOf(java: string): number | undefined {
  const { status, stderr } = spawnSync(java, ["-version"], { encoding: "utf8", timeout: 20_000 });
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(status === 0 ? stderr : "") ?? [];
  return first === undefined ? undefined : Number(first === "1" ? second : first);
}
