import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  DescribeModelPackageCommand,
  DescribePipelineCommand,
  DescribePipelineDefinitionForExecutionCommand,
  DescribePipelineExecutionCommand,
  ListPipelineExecutionsCommand,
  ListPipelineExecutionStepsCommand,
  StartPipelineExecutionCommand,
  StopPipelineExecutionCommand,
  type PipelineExecutionStatus,
} from "@aws-sdk/client-sagemaker";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { linkToObject } from "../../../cli/models/link";
import { changedEstate } from "../../support/changed-estate";
import { AssumeRoleCommand } from "../../support/sts";
import { temporaryFolder } from "../../support/temporary-folder";
import { at, definition, execution, mockSageMaker, train, trainArn } from "./failed-training";
import { jsonOf, mlops, mockSts } from "./support";

const environments = changedEstate({ files: { "dev.json": { ci: "jenkins" } } }).folder;
const evaluation =
  "s3://mlops-dev-sagemaker-data-111111111111/mammo-severity/runs/x/evaluation/evaluation.json";
const version = "arn:aws:sagemaker:us-east-1:333333333333:model-package/mammo-severity-model-package/4";
const withDefaults = { ...definition, Parameters: definition.Parameters.slice(0, 3) };

const s3 = mockClient(S3Client);
let sagemaker: ReturnType<typeof mockSageMaker>;

beforeEach(() => {
  sagemaker = mockSageMaker();
  deployed(withDefaults);
  ranWith(withDefaults);
  sagemaker.on(DescribePipelineExecutionCommand).resolves({
    PipelineArn: trainArn,
    PipelineExecutionStatus: "Succeeded",
    CreationTime: at(0),
    LastModifiedTime: at(60),
  });
  sagemaker.on(ListPipelineExecutionStepsCommand).resolves({
    PipelineExecutionSteps: [
      { StepName: "Register", StepStatus: "Succeeded", Metadata: { RegisterModel: { Arn: version } } },
    ],
  });
  sagemaker.on(DescribeModelPackageCommand).resolves({
    ModelPackageArn: version,
    ModelPackageVersion: 4,
    ModelApprovalStatus: "PendingManualApproval",
    ModelMetrics: { ModelQuality: { Statistics: { ContentType: "application/json", S3Uri: evaluation } } },
  });
  s3.reset();
  s3.on(GetObjectCommand).resolves({
    Body: { transformToString: () => Promise.resolve('{"m": {"auc": {"value": 0.9412}}}') } as never,
  });
});

const deployed = (what: object) =>
  sagemaker.on(DescribePipelineCommand).resolves({ PipelineDefinition: JSON.stringify(what) });
const ranWith = (what: object) =>
  sagemaker
    .on(DescribePipelineDefinitionForExecutionCommand)
    .resolves({ PipelineDefinition: JSON.stringify(what) });
/** Executions of the pipeline, newest first. */
const ran = (...statuses: readonly PipelineExecutionStatus[]) =>
  sagemaker.on(ListPipelineExecutionsCommand).resolves({
    PipelineExecutionSummaries: statuses.map((PipelineExecutionStatus, at) => ({
      PipelineExecutionArn: `${trainArn}/execution/${at}`,
      PipelineExecutionStatus,
    })),
  });
const started = () =>
  sagemaker.commandCalls(StartPipelineExecutionCommand).map(({ args: [{ input }] }) => input.PipelineName);
const run = (options = "") => mlops(`models train dev --applied-by ci${options}`, { environments });

test.each<[string, () => unknown, string]>([
  ["has never run", () => ran(), "it has never run"],
  ["has never succeeded", () => ran("Failed", "Stopped"), "none of its executions has succeeded"],
  [
    "was changed since it succeeded",
    () => ranWith({ ...withDefaults, Metadata: {} }),
    "it was changed since",
  ],
  [
    "was changed since it failed and succeeded",
    () => [ran("Failed", "Succeeded"), ranWith({ ...withDefaults, Metadata: {} })],
    "it was changed since",
  ],
  [
    "was changed under an execution",
    () => [ran("Executing"), ranWith({ ...withDefaults, Metadata: {} })],
    "it was changed since",
  ],
])("a pipeline that %s is started, and its version, metrics and link are said", async (_, happened, why) => {
  happened();
  const { code, out, err } = await run();
  expect(err).toContain(`${train}: ${why}. Started ${execution}\n`);
  expect([code, started()]).toEqual([0, [train]]);
  expect(out).toMatch(/^Version +4$/m);
  expect(out).toContain(version);
  expect(out).toMatch(/^Metrics +auc 0\.9412$/m);
  expect(out).toContain(
    "https://us-east-1.console.aws.amazon.com/s3/object/mlops-dev-sagemaker-data-111111111111?region=us-east-1&prefix=mammo-severity%2Fruns%2Fx%2Fevaluation%2Fevaluation.json",
  );
});

test.each<[string, () => unknown]>([
  ["it trained what is deployed", () => ran("Succeeded")],
  ["it did so before it failed for another reason", () => ran("Failed", "Stopping", "Succeeded")],
  [
    "its definition is the same, with its keys in another order",
    () => ranWith(Object.fromEntries(Object.entries(withDefaults).toReversed())),
  ],
])("nothing is started where %s", async (_, happened) => {
  happened();
  const file = join(temporaryFolder(), "trained.txt");
  const { code, out } = await run(` --out ${file}`);
  expect([code, out, started()]).toEqual([0, "Nothing to train\n", []]);
  expect(readFileSync(file, "utf8")).toBe("");
});

test("an execution of what is deployed that is under way is followed, and no second one started", async () => {
  ran("Executing");
  const { code, out } = await run();
  expect([code, started()]).toEqual([0, []]);
  expect(out).toContain(`${trainArn}/execution/0`);
  expect(out).toMatch(/^Version +4$/m);
});

test("a pipeline that cannot run without somebody's data is left to them", async () => {
  deployed(definition);
  ran();
  const { code, err } = await run();
  expect([code, started()]).toEqual([0, []]);
  expect(err).toContain(`${train}: its parameter Data has no default`);
});

test("what fails says why, in the file too, and the command fails", async () => {
  ran();
  sagemaker.on(DescribePipelineExecutionCommand).resolves({
    PipelineArn: trainArn,
    PipelineExecutionStatus: "Failed",
    FailureReason: "Step failure: One or multiple steps failed.",
  });
  sagemaker.on(ListPipelineExecutionStepsCommand).resolves({
    PipelineExecutionSteps: [
      { StepName: "Fit", StepStatus: "Failed", FailureReason: "ClientError: no rows" },
    ],
  });
  const file = join(temporaryFolder(), "trained.txt");
  const { code, out } = await run(` --out ${file}`);
  expect([code, readFileSync(file, "utf8")]).toEqual([1, out.trimEnd()]);
  expect(out).toContain("Fit: ClientError: no rows");
  expect(sagemaker.commandCalls(StopPipelineExecutionCommand)).toEqual([]);
});

test("the CI server does it as its deploy role, and a person as themselves", async () => {
  const roles = mockSts().roles;
  await run();
  await mlops("models train dev", { environments });
  expect([
    ...new Set(roles.commandCalls(AssumeRoleCommand).map(({ args: [{ input }] }) => input.RoleArn)),
  ]).toEqual([
    "arn:aws:iam::111111111111:role/cross-account-jenkins-role",
    "arn:aws:iam::111111111111:role/OrganizationAccountAccessRole",
  ]);
});

test("an environment whose models come from elsewhere trains none", async () => {
  const { code, err } = await mlops("models train prod --applied-by ci", { environments });
  expect([code, err]).toEqual([
    2,
    "Environment prod is not where the way of a model begins: mlops environments --trains\n",
  ]);
});

test("what was trained is told as JSON too", async () => {
  ran();
  expect(jsonOf(await run(" --json"))).toMatchObject([
    {
      model: "mammo-severity",
      pipeline: train,
      need: { is: "due", why: "it has never run" },
      version: { version: 4, metrics: { auc: 0.9412 } },
      code: 0,
    },
  ]);
});

test.each([
  ["cn-north-1", "https://cn-north-1.console.amazonaws.cn/s3/object/b?region=cn-north-1&prefix=k%2Fe.json"],
  [
    "us-gov-west-1",
    "https://us-gov-west-1.console.amazonaws-us-gov.com/s3/object/b?region=us-gov-west-1&prefix=k%2Fe.json",
  ],
])("the link is to the console of the region's partition: %s", (region, link) => {
  expect(linkToObject(region, "s3://b/k/e.json")).toBe(link);
  expect(linkToObject(region, undefined)).toBeUndefined();
});
