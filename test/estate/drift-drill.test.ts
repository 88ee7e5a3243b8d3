import { join } from "node:path";
import { policiesOf, readNeeds, readResources, reasonFor, unneededGrants } from "../../audit";
import { driftOfStack } from "../../deploy/drift/drift-stack";
import { planEstate } from "../../deploy/plans/plan-estate";
import { PlanFolder } from "../../deploy/plans/plan-folder";
import { findParticipants } from "../../demo/drill/participants";
import { noResults } from "../../demo/drill/results";
import { Stages } from "../../demo/drill/stage";
import { runDrill } from "../../demo/drill/index";
import { liftPolicies, refusals } from "../../emulator/local-aws";
import { startRunner } from "../../emulator/runner";
import { models } from "../../pipelines";
import { pool } from "../../tools/pool";
import { AppliedEstate } from "../support/applied-estate";
import { silentRunner, stacksAtOnce } from "../support/deployment";
import { tools } from "../support/tools";
import { tamperWith, type Tampering } from "./support/kept-files";
import { inferOnUnusableBatches } from "./support/unusable-batches";

const results = noResults();
const silent = () => undefined;
const python = tools().python;
let applied: AppliedEstate;
let refused: readonly string[];
let tampering: Tampering;
let unusable: Awaited<ReturnType<typeof inferOnUnusableBatches>>;

beforeAll(async () => {
  applied = await AppliedEstate.copy({ policies: true });
  const runner = await runnerOf(applied);
  try {
    await playTheDrill();
    unusable = await inferOnUnusableBatches(applied);
    refused = await refusals(applied.localAws);
    tampering = await tamperWith(applied.estate);
  } finally {
    await runner.stop();
  }
  await liftPolicies(applied.localAws); // who looks afterwards is nobody's role
});
afterAll(() => applied.stop());

const runnerOf = ({ localAws, folder }: AppliedEstate) =>
  startRunner({
    environment: localAws.environment,
    python,
    logs: join(folder, "logs"),
    scratch: join(folder, "jobs"),
    logFile: join(folder, "runner.log"),
  });

/** From the first training to inference with the version made after drift. */
async function playTheDrill(): Promise<void> {
  const { estate } = applied;
  const participants = findParticipants(estate, models);
  if (!participants) throw new Error("the tests' estate has a model with a schedule and retraining");
  const { signal } = new AbortController();
  const stages = new Stages(silent);
  await runDrill({ estate, participants, python, stages, results, say: silent, signal });
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

test("the alert says which pipeline, execution and step failed, and how to see why", () => {
  const texts = results.alerts.map(({ text }) => text);
  const alert = texts.find((text) => text.includes("Step Mammo-Inference-monitoring (QualityCheck) failed."));
  expect(alert).toContain("mammo-severity-inference-pipeline");
  expect(alert).toContain(results.executions[2]?.executionArn);
  expect(alert).toContain(`npx mlops pipelines show ${String(results.executions[2]?.executionArn)}`);
  for (const text of texts) expect(text).not.toContain("Quality check failed");
});

test("a missing, an empty and a mistyped batch each alert, and start no training", () => {
  const { failures, decisions, alerts, trainings } = unusable;
  expect(trainings).toHaveLength(1);
  for (const { arn, failed } of failures) {
    expect(failed.map(({ StepName }) => StepName)).toEqual(["Mammo-Inference-monitoring"]);
    const alert = alerts.find((text) => text.includes(arn) && text.startsWith("Step "));
    expect(alert).toContain("Step Mammo-Inference-monitoring (QualityCheck) failed.");
    expect(alert).not.toContain(failed[0]?.FailureReason);
  }
  expect(decisions.map((line) => line.replace(/Mammo-Inference-monitoring of \S+ /, ""))).toEqual([
    "No training: could not do its work: its job ended as Failed",
    "No training: could not do its work: its job ended as Failed",
    expect.stringMatching(
      /^No training: found that the batch is not made as the model's data are: (_c\d data_type_check(, )?){5}$/,
    ),
  ]);
  expect(failures.map(({ failed }) => failed[0]?.FailureReason)).toEqual([
    expect.stringMatching(/^ClientError: No S3 objects found under S3 URL/),
    expect.stringMatching(/^ClientError: .*the data set holds no rows/),
    expect.stringMatching(/^ClientError: Quality check failed. See violation report s3:/),
  ]);
});

test("nobody writes over a registered artifact, an administrator of its account neither", () => {
  expect(tampering.overwriting).toEqual(["403", "412"]);
});

test("dev goes on with what it registered itself, though prod's is newer", () => {
  expect(tampering.takenInDev).toMatch(/^s3:\/\/[^/]+\/dev\/mammo-severity\/versions\//);
});

test("an artifact that was put in another's place after the approval is not used", () => {
  expect(tampering.refusal).toMatch(
    /model-package\/mammo-severity-model-package\/2 was registered with version \S+ of s3:\S+\/model\.tar\.gz, which is \S+ now/,
  );
});

test("every stack plans empty afterwards", async () => {
  const { runs, stacks } = applied;
  const runner = silentRunner();
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

test("policies refuse nothing that jobs, functions and people do in the drill", () => {
  expect(refused).toEqual([]);
});

test("what prod's roles are granted was needed by then, or has its reason", () => {
  const { account } = applied.environment("prod");
  const policies = policiesOf(readResources(join(applied.folder, "stacks")));
  const grants = unneededGrants(policies, readNeeds(applied.needs));
  const inProd = grants.filter(({ role }) => role.includes(`:${account}:`));
  expect(inProd.length).toBeGreaterThan(0);
  expect(inProd.filter((grant) => reasonFor(grant) === undefined)).toEqual([]);
});

test("neither the apply nor the drill leaves a difference between AWS and the state", async () => {
  const ids = ["prod-foundation", "prod-mammo-severity", "registry"];
  const drifts = await pool(ids, stacksAtOnce, (id) => driftOfStack(applied, applied.stack(id), silent));
  expect(drifts).toEqual([[], [], []]);
});
