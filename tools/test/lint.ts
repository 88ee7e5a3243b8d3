import { execa } from "execa";
import { repository } from "../paths";
import type { Tools } from "../setup/tools";

/** Types, rules and format of TypeScript and Python; runs them all. @returns the commands that failed */
export async function lint({ python }: Tools): Promise<string[]> {
  const node = (script: string, ...args: string[]) => [process.execPath, `node_modules/${script}`, ...args];
  const commands = [
    node("typescript/bin/tsc", "--noEmit"),
    node("eslint/bin/eslint.js", "."),
    node("prettier/bin/prettier.cjs", "--check", "--log-level", "warn", "."),
    [python, "-m", "ruff", "check", "."],
    [python, "-m", "ruff", "format", "--check", "."],
  ];
  const failed: string[] = [];
  for (const [command = "", ...args] of commands) {
    const { exitCode } = await execa(command, args, { cwd: repository, stdio: "inherit", reject: false });
    if (exitCode !== 0) failed.push(args.filter((arg) => arg !== "-m").join(" "));
  }
  return failed;
}
