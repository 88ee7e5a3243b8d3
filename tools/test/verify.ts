import { execa } from "execa";
import { exitWith } from "../exit";
import { compileHook, repository } from "../paths";
import { setUpTools } from "../setup/tools";
import { lint } from "./lint";
import { prepareReports, runTier } from "./tiers";

/**
 * `npm run verify`: what a change to environment files and models can break, for whoever forks the repository: types,
 * rules and format, the environment files, checkov's rules for what is synthesised, and the tests of the models. The product's own tests are `npm test`.
 */
exitWith(async () => {
  const tools = await setUpTools();
  prepareReports();
  const failed = await lint(tools);
  if (!(await succeeds("cli/main.ts", "validate"))) failed.push("mlops validate");
  if (!(await succeeds("tools/checkov/main.ts"))) failed.push("checkov");
  const models = await runTier("models", { tools, extraArguments: [], heldBack: false });
  if (models.failed > 0 || models.passed === 0) failed.push("the tests of the models");
  for (const what of failed) console.error(`FAILED: ${what}`);
  return failed.length > 0 ? 1 : 0;
});

async function succeeds(program: string, ...args: readonly string[]): Promise<boolean> {
  const { exitCode } = await execa(process.execPath, ["--require", compileHook, program, ...args], {
    cwd: repository,
    stdio: "inherit",
    reject: false,
  });
  return exitCode === 0;
}
