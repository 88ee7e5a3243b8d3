import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { compileHook } from "../../../tools/paths";

let holder: ChildProcess | undefined;

/**
 * Applies the tests' estate once for a run of Jest; each test file works in a copy of it. A process of its own holds
 * it, because Jest loads what it runs before the tests without its own resolution of packages.
 */
export default async function start(): Promise<void> {
  const script = join(__dirname, "estate-holder.ts");
  holder = spawn(process.execPath, ["--require", compileHook, script], {
    cwd: join(__dirname, "../../.."),
    stdio: ["pipe", "pipe", "inherit"],
  });
  const said = holder.stdout && once(holder.stdout, "data").then(([line]) => String(line));
  const estate = await Promise.race([said, once(holder, "exit").then(() => undefined)]);
  if (!estate) throw new Error("The estate could not be applied; why, is said above");
  process.env.MLOPS_TEST_ESTATE = estate;
}

export async function stop(): Promise<void> {
  if (holder?.exitCode !== null) return;
  holder.stdin?.end();
  await once(holder, "exit");
}
