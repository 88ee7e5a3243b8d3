import { execa } from "execa";
import { exitWith } from "../exit";
import { repository } from "../paths";
import { setUpTools } from "../setup/tools";

/** `npm run lint`: types, rules and format of TypeScript and Python; runs them all before it fails. */
exitWith(async () => {
  const { python } = await setUpTools();
  const node = (script: string, ...args: string[]) => [process.execPath, `node_modules/${script}`, ...args];
  const commands = [
    node("typescript/bin/tsc", "--noEmit"),
    node("eslint/bin/eslint.js", "."),
    node("prettier/bin/prettier.cjs", "--check", "--log-level", "warn", "."),
    [python, "-m", "ruff", "check", "."],
    [python, "-m", "ruff", "format", "--check", "."],
  ];
  let failed = 0;
  for (const [command = "", ...args] of commands) {
    const { exitCode } = await execa(command, args, { cwd: repository, stdio: "inherit", reject: false });
    if (exitCode !== 0) {
      console.error(`FAILED: ${args.filter((arg) => arg !== "-m").join(" ")}`);
      failed += 1;
    }
  }
  return failed > 0 ? 1 : 0;
});
