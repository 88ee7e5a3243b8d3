/**
 * A company's fork: environment files as `mlops init` writes them, a second model as `mlops new model` makes it, none
 * of the samples, and MLOPS_ENVIRONMENTS that names yet another estate. Whatever reads one of them where it should not, fails.
 */
import { mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { Repository } from "../estate/support/working-copy";
import { cache, repository } from "../../tools/paths";
import { writeCompanyEstate } from "./support/company-estate";
import { tellThreeClasses } from "./support/copied-model";

/** Always the same place, so that what Jest has transpiled there is still good for the next run. */
const folder = join(cache, "test/fork");
const elsewhere = join(cache, "test/fork-environments");
/** Made by a command, and made to differ from what it is a copy of. */
const model = "tumour-grade";

const init =
  "init --project churn --owner customer-data --region eu-central-1 --admin-role ChurnAdmin " +
  "--registry models=210987654321 --workload lab=321098765432:staging --workload staging=432109876543:live " +
  "--workload live=543210987654 --ci builds=654321098765:live --email ml@churn.example --force";

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const fork = await Repository.ofWorkingTree(folder);
  shareTools();
  for (const sample of ["iris", "diabetes-progression"])
    // which nothing depends on
    rmSync(join(folder, "pipelines", sample), { recursive: true });
  await run("node", ["cli/mlops.js", ...init.split(" ")]);
  const workloads = ["lab", "staging", "live"].map((name) => `--environment=${name}`);
  await run("node", ["cli/mlops.js", "new", "model", model, ...workloads]);
  tellThreeClasses(folder, model);
  await fork.commit("Our own accounts, and a model");
  writeCompanyEstate(elsewhere, ["mammo-severity", model]);
});

/** Packages and tools of this clone; what is compiled is told apart by its content. */
function shareTools(): void {
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"), "dir");
  mkdirSync(join(folder, ".cache"));
  for (const name of readdirSync(cache).filter((each) => each !== "test"))
    symlinkSync(join(cache, name), join(folder, ".cache", name));
}

/** Runs a command of the fork's. @throws Error with what it printed, where it fails */
async function run(command: string, args: readonly string[], environments?: string): Promise<string> {
  const { exitCode, all } = await execa(command, args, {
    cwd: folder,
    env: { MLOPS_ENVIRONMENTS: environments },
    stdin: "ignore",
    all: true,
    reject: false,
  });
  if (exitCode !== 0) throw new Error(`${[command, ...args].join(" ")} exited with ${exitCode}:\n${all}`);
  return all;
}

test.each([
  ["of its own", undefined, "lab"],
  ["elsewhere", elsewhere, "sandbox"],
])("its environment files %s are valid, with both models", async (_, environments, workload) => {
  expect(await run("node", ["cli/mlops.js", "validate"], environments)).toContain("5 environments valid");
  const stacks = await run("node", ["cli/mlops.js", "list"], environments);
  expect(stacks).toContain(`${workload}-mammo-severity`);
  expect(stacks).toContain(`${workload}-${model}`);
});

test("the tests of both models pass, and what holds of every model", async () => {
  const said = await run("npm", ["test", "--silent", "--", "--tier", "models"]);
  expect(said).toContain(`pipelines/${model}/test/test_evaluate.py`);
  expect(said).toContain(`pipelines/${model}/test/train-pipeline.test.ts`);
});
