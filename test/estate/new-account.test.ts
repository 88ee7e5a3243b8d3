import { join } from "node:path";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { App } from "cdktf";
import { accessAccount } from "../../deploy/access/account-access";
import { checkQuotas } from "../../deploy/doctor/quotas";
import { createStateBucket } from "../../deploy/estate/state-bucket";
import { PlanFolder } from "../../deploy/plans/plan-folder";
import { pipelineDefinition } from "../../operate/pipelines";
import { addStacks } from "../../stacks/app";
import { kindOf, listStacks } from "../../stacks/list";
import { withoutTokenTraces } from "../../stacks/synthesise";
import { AppliedEstate } from "../support/applied-estate";
import { changedEstate, changes } from "../support/changed-estate";
import { apply, outcomesOf, plan } from "../support/deployment";

let applied: AppliedEstate;

beforeAll(async () => {
  applied = await AppliedEstate.copy();
});
afterAll(() => applied.stop());

test("a new account's stacks are planned together before any stands, and exactly that is applied: what SageMaker has made there is taken over", async () => {
  const added = changedEstate(changes["an environment added"]);
  const staging = added.estate.environments.find(({ name }) => name === "staging");
  if (!staging) throw new Error("there must be a new account");
  const outdir = join(applied.folder, "new-account");
  withoutTokenTraces(() => {
    const app = new App({ outdir });
    addStacks(app, added);
    app.synth();
  });
  const stacks = listStacks(added.estate, added.models).filter(
    ({ environment, kind }) => environment === staging && kind !== "state",
  );
  await createStateBucket(added.estate, staging);
  const access = await accessAccount(staging, added.estate.shared.adminRole);
  const logs = new CloudWatchLogsClient(access);
  const logGroupName = "/aws/sagemaker/TrainingJobs";
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  const folder = new PlanFolder(join(applied.folder, "plans"));
  const directoryOf = (id: string) => join(outdir, "stacks", id);
  const run = { accounts: applied.accounts, directoryOf, folder, stacks };

  const { summaries } = await plan(run);
  const actions = summaries.flatMap(({ changes: all }) => all.map(({ action }) => action));
  expect(actions.filter((action) => action !== "create")).toEqual(["change"]);
  expect(outcomesOf(await apply(run))).toEqual({
    "staging-foundation": "applied",
    "staging-mammo-severity": "applied",
  });

  const { KeyMetadata } = await new KMSClient(access).send(
    new DescribeKeyCommand({ KeyId: "alias/mlops-staging" }),
  );
  const definition = await pipelineDefinition(new SageMakerClient(access), "mammo-severity-train-pipeline");
  const volumeKeys = [...definition.matchAll(/"VolumeKmsKeyId":"([^"]*)"/g)].map(([, key]) => key);
  expect(new Set(volumeKeys)).toEqual(new Set([KeyMetadata?.Arn]));
  const { logGroups } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: "/aws/sagemaker/" }),
  );
  expect(logGroups?.map((group) => [group.logGroupName, group.kmsKeyId, group.retentionInDays])).toEqual(
    ["Processing", "Training", "Transform"].map((kind) => [
      `/aws/sagemaker/${kind}Jobs`,
      KeyMetadata?.Arn,
      365,
    ]),
  );
});

test("a new account has room for no training until AWS has been asked for it", async () => {
  const machines = applied.stacks.flatMap((stack) => kindOf(stack).byHand(applied.estate, stack).machines);
  const access = await applied.access("dev");
  const missing = async (raise: boolean) =>
    (await checkQuotas("dev", machines, access, raise)).flatMap(({ ok, quota }) => (ok ? [] : [quota]));
  const none = { value: 0, adjustable: true, wanted: 2 };
  expect(await missing(false)).toEqual([
    { ...none, name: "ml.m5.xlarge for training job usage", code: "L-CCE2AFA6" },
    { ...none, name: "ml.m5.xlarge for transform job usage", code: "L-7939E4EC" },
  ]);
  const asked = { wanted: 2, status: "PENDING", since: expect.any(String) as string };
  expect(await missing(true)).toMatchObject([
    { value: 0, request: { ...asked, code: "L-CCE2AFA6" } },
    { value: 0, request: { ...asked, code: "L-7939E4EC" } },
  ]);
  expect(await missing(false)).toEqual([]);
});
