import { join } from "node:path";
import { driftOfStack } from "../../deploy/drift/drift-stack";
import { parallelRuns } from "../../deploy/estate/parallelism";
import { StackRunner } from "../../deploy/estate/stack-runner";
import { planEstate } from "../../deploy/plans/plan-estate";
import { PlanFolder } from "../../deploy/plans/plan-folder";
import { findParticipants } from "../../demo/drill/participants";
import { noResults } from "../../demo/drill/results";
import { Stages } from "../../demo/drill/stage";
import { runDrill } from "../../demo/drill/index";
import { startRunner } from "../../emulator/runner";
import { models } from "../../pipelines";
import { pool } from "../../tools/pool";
import { AppliedEstate } from "../support/applied-estate";
import { tools } from "../support/tools";

const results = noResults();
const silent = () => undefined;
let applied: AppliedEstate;

beforeAll(async () => {
  applied = await AppliedEstate.copy();
  await playTheDrill();
});
afterAll(() => applied.stop());

/** From the first training to inference with the version made after drift. */
async function playTheDrill(): Promise<void> {
  const { estate, localAws, folder } = applied;
  const { python } = tools();
  const runner = await startRunner({
    environment: localAws.environment,
    python,
    logs: join(folder, "logs"),
    scratch: join(folder, "jobs"),
    logFile: join(folder, "runner.log"),
  });
  const participants = findParticipants(estate, models);
  if (!participants) throw new Error("the tests' estate has a model with a schedule and retraining");
  const { signal } = new AbortController();
  const stages = new Stages(silent);
  try {
    await runDrill({ estate, participants, python, stages, results, say: silent, signal });
  } finally {
    await runner.stop();
  }
}

test("the first version has learnt something, and the second is made of more rows", () => {
  const [first, second] = results.versions;
  expect(first).toMatchObject({ version: 1, trainedIn: "dev", rows: 822, approvalStatus: "Approved" });
  expect(second).toMatchObject({ version: 2, trainedIn: "prod", rows: 913 });
  expect(first?.auc.value).toBeGreaterThanOrEqual(0.85);
  expect(first?.auc.low).toBeLessThan(first?.auc.value ?? 0);
  expect(first?.auc.high).toBeGreaterThan(first?.auc.value ?? 1);
});

test("the monitor names the columns that drifted", () => {
  expect(results.drift.map(({ title }) => title)).toEqual(["BIRADS", "Age", "Shape", "Margin", "Density"]);
  const density = results.drift.find(({ title }) => title === "Density");
  expect(density?.batch.missing).toBeGreaterThan(0);
  expect(density?.violations.map(({ check }) => check)).toContain("completeness_check");
});

test("the deployed rules, not the drill, start inference and retraining", () => {
  expect(results.executions.map(({ startedBy, status }) => `${startedBy}: ${status}`)).toEqual([
    "the drill: Succeeded",
    "mammo-severity-inference-schedule: Succeeded",
    "the drill: Failed",
    "mammo-severity-drift-retraining: Succeeded",
    "mammo-severity-inference-schedule: Succeeded",
  ]);
  const failed = results.executions[2]?.steps.map(({ name, status }) => `${name}: ${status}`);
  expect(failed).toContain("Mammo-Inference-monitoring: Failed");
  expect(failed).toContain("Mammo-Inference-transform: NotExecuted");
});

test("the alert says which pipeline, execution and step failed, and why", () => {
  const texts = results.alerts.map(({ text }) => text);
  const alert = texts.find((text) => text.includes("Step Mammo-Inference-monitoring (QualityCheck) failed."));
  expect(alert).toContain("mammo-severity-inference-pipeline");
  expect(alert).toContain(results.executions[2]?.executionArn);
  expect(alert).toContain("CompletedWithViolations");
});

test("every stack plans empty afterwards", async () => {
  const { runs, stacks } = applied;
  const runner = new StackRunner(new AbortController().signal, silent);
  const folder = new PlanFolder(join(applied.folder, "plans"));
  const { summaries, failures } = await planEstate({
    runs,
    accounts: applied.accounts,
    runner,
    folder,
    stacks,
  });
  expect(failures).toEqual([]);
  expect(summaries.flatMap(({ changes }) => changes)).toEqual([]);
});

test("neither the apply nor the drill leaves a difference between AWS and the state", async () => {
  const ids = ["prod-foundation", "prod-mammo-severity", "registry"];
  const drifts = await pool(ids, parallelRuns(), (id) =>
    driftOfStack(applied.runs, applied.stack(id), silent),
  );
  expect(drifts).toEqual([[], [], []]);
});
