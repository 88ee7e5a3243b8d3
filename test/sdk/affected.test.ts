import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeCheckoutInPython } from "../../bench/estates/checkout-in-python";
import { affectedStacks } from "../../deploy/affected";
import { runMain } from "../../deploy/synthesis/run-main";
import { repository } from "../../tools/paths";
import { temporaryFolder } from "../support/temporary-folder";
import { commitIn, gitIn } from "../unit/deploy/affected/support/small-repository";

const checkout = join(temporaryFolder(), "checkout");
const environments = join(checkout, "environments");
const model = join(checkout, "pipelines/mammo-severity");

beforeAll(() => {
  makeCheckoutInPython(checkout);
  cpSync(join(repository, "test/fixtures/estate"), environments, { recursive: true });
  gitIn(checkout, "init", "--quiet", "--initial-branch=main");
  writeFileSync(join(checkout, ".git/info/exclude"), "node_modules\n.cache\n");
  commitIn(checkout, "first");
});
afterEach(() => {
  gitIn(checkout, "reset", "--quiet", "--hard", "main");
});

/** The stacks that the files as they are differ in from those of the commit, each with what differs. */
async function affected(): Promise<Record<string, readonly string[]>> {
  const synthesised = join(temporaryFolder(), "now");
  rmSync(synthesised, { recursive: true, force: true });
  expect(await runMain({ directory: checkout, output: synthesised, environments })).toBeUndefined();
  const comparison = { repository: checkout, reference: "main", synthesised, environments };
  const { stacks } = await affectedStacks(comparison);
  return Object.fromEntries(stacks.map(({ id, reasons }) => [id, reasons]));
}

const ofModel = ["dev-mammo-severity", "prod-mammo-severity"];

test("a change of pipeline.py concerns the stacks of that model, and names the pipeline; what says nothing new concerns none", async () => {
  const file = join(model, "inference_pipeline.py");
  appendFileSync(file, "\n# the same\n");
  expect(await affected()).toEqual({});
  writeFileSync(file, readFileSync(file, "utf8").replace('"Mammo-LatestApprovedModel"', '"Mammo-Latest"'));
  const found = await affected();
  expect(Object.keys(found)).toEqual(ofModel);
  for (const reasons of Object.values(found))
    expect(reasons).toEqual([
      expect.stringMatching(/^aws_sagemaker_pipeline\.\S*inference\S* changed: pipeline_definition$/),
    ]);
});

test("a change of a script beside it concerns the same stacks, and no role", async () => {
  appendFileSync(join(model, "scripts/preprocess.py"), "\n# another\n");
  const found = await affected();
  expect(Object.keys(found)).toEqual(ofModel);
  for (const reasons of Object.values(found)) {
    expect(reasons.join("\n")).toMatch(/^aws_sagemaker_pipeline\.\S*train\S* changed: pipeline_definition$/m);
    expect(reasons.join("\n")).not.toMatch(/aws_iam|inference/);
  }
});
