import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { PlanFolder } from "../../deploy/plans/plan-folder";
import { addStacks } from "../../stacks/app";
import { listStacks } from "../../stacks/list";
import { withoutTokenTraces } from "../../stacks/synthesise";
import { AppliedEstate } from "../support/applied-estate";
import { changedEstate, changes, type EstateChange } from "../support/changed-estate";
import { plan } from "../support/deployment";
import { threePipelines } from "../support/three-pipelines";

let applied: AppliedEstate;

beforeAll(async () => {
  applied = await AppliedEstate.copy();
});
afterAll(() => applied.stop());

type Actions = Readonly<Record<string, readonly string[]>>;

/** A changed estate, synthesised beside the applied one. @returns the folder of a stack's files */
function synthesiseChanged(name: string, change: EstateChange) {
  const outdir = join(applied.folder, name);
  const changed = changedEstate(change);
  withoutTokenTraces(() => {
    const app = new App({ outdir });
    addStacks(app, changed);
    app.synth();
  });
  return { ...changed, directoryOf: (id: string) => join(outdir, "stacks", id) };
}

/** What is planned by action: `<stack> <address without its hash>`. */
async function planned(
  { estate, models, directoryOf }: ReturnType<typeof synthesiseChanged>,
  ids: readonly string[],
): Promise<Actions> {
  const stacks = listStacks(estate, models).filter(({ id }) => ids.includes(id));
  const folder = new PlanFolder(join(applied.folder, "plans"));
  const { summaries } = await plan({ accounts: applied.accounts, directoryOf, folder, stacks });
  const found: Record<string, string[]> = {};
  for (const { stack, changes: all } of summaries)
    for (const { action, address } of all)
      (found[action] ??= []).push(`${stack} ${address.replace(/_[0-9A-F]{8}$/, "")}`);
  return found;
}
const environments = ["registry", "dev-foundation", "prod-foundation"];

test("an environment added: those that it is shared with let it in, and nothing is replaced", async () => {
  const added = synthesiseChanged("environment-added", changes["an environment added"]);
  expect(await planned(added, environments)).toEqual({
    change: [
      "dev-foundation aws_kms_key.key",
      "prod-foundation aws_iam_role_policy.execution-role_cross-account-kms-key-access-policy",
      "registry aws_s3_bucket_policy.artifacts_policy",
      "registry aws_sagemaker_model_package_group_policy.mammo-severity-model-package_policy",
    ],
  });
});

test("a model renamed: its package group and all versions stay", async () => {
  const renamed = synthesiseChanged("model-renamed", changes["a model renamed"]);
  expect(await planned(renamed, ["registry"])).toEqual({});
});

test("another tag: what has tags is changed in place", async () => {
  const tagged = synthesiseChanged("another-tag", changes["another tag"]);
  const found = await planned(tagged, ["registry", "prod-foundation", "prod-mammo-severity", "jenkins"]);
  expect(Object.keys(found)).toEqual(["change"]);
  expect([...new Set(found.change?.map((change) => change.split(/[ .]/)[1]))].toSorted()).toEqual([
    "aws_cloudwatch_event_rule",
    "aws_cloudwatch_log_group",
    "aws_cloudwatch_metric_alarm",
    "aws_iam_instance_profile",
    "aws_iam_policy",
    "aws_iam_role",
    "aws_kms_key",
    "aws_lambda_function",
    "aws_s3_bucket",
    "aws_sagemaker_model_package_group",
    "aws_sagemaker_pipeline",
    "aws_sns_topic",
    "aws_sqs_queue",
  ]);
});

test("Jenkins, a trigger and an address taken away, another schedule, a model added: each is planned as that", async () => {
  const { models } = changes["a model added"];
  const settings = { "mammo-severity": { inferenceSchedule: "rate(1 day)" }, [threePipelines.name]: {} };
  const prod = { ci: undefined, alertEmails: ["other@example.com"], models: settings };
  const several = synthesiseChanged("several", { files: { "prod.json": prod }, models });
  const services = ["cloudwatch", "events", "lambda", "sagemaker", "sns", "sqs"];
  const jenkinsManages = services.map((service) => `deploy-role_jenkins-manages-${service}`);
  const steps = ["evaluate", "prepare", "train"].map(
    (pipeline) => `execution-role_three-pipelines-${pipeline}-steps`,
  );
  const withAttachments = (policies: readonly string[]) => [
    ...policies.map((policy) => `prod-foundation aws_iam_policy.${policy}`),
    ...policies.map((policy) => `prod-foundation aws_iam_role_policy_attachment.${policy}-attachment`),
  ];
  const {
    create = [],
    destroy = [],
    ...others
  } = await planned(several, ["jenkins", "registry", "prod-foundation", "prod-mammo-severity"]);
  expect(create.toSorted()).toEqual(
    [
      ...withAttachments(steps),
      "prod-mammo-severity aws_sns_topic_subscription.alerts_email-otherexamplecom",
      "registry aws_sagemaker_model_package_group.three-pipelines-model-package_group",
      "registry aws_sagemaker_model_package_group_policy.three-pipelines-model-package_policy",
    ].toSorted(),
  );
  expect(destroy.toSorted()).toEqual(
    [
      ...withAttachments(jenkinsManages),
      "jenkins aws_iam_role_policy.server-role_assume-production-role-policy",
      "prod-foundation aws_iam_role.deploy-role",
      ...["jenkins-log", "pass-roles", "scripts-and-state"].map(
        (policy) => `prod-foundation aws_iam_role_policy.deploy-role_${policy}`,
      ),
      "prod-mammo-severity aws_cloudwatch_event_rule.drift-retraining_rule",
      "prod-mammo-severity aws_cloudwatch_event_target.drift-retraining_target",
      "prod-mammo-severity aws_sns_topic_subscription.alerts_email-adminexamplecom",
    ].toSorted(),
  );
  expect(others).toEqual({
    change: [
      "prod-foundation aws_iam_role_policy.execution-role_cross-account-model-registry-access",
      "prod-foundation aws_iam_role_policy.execution-role_pipeline-start",
      "prod-foundation aws_iam_role_policy.lambda-role_cross-account-model-registry-access",
      "prod-mammo-severity aws_cloudwatch_event_rule.inference-schedule_rule",
    ],
  });
});

test("a package group keeps the description that it was made with", async () => {
  const { directoryOf, ...same } = synthesiseChanged("another-description", {});
  const file = join(directoryOf("registry"), "cdk.tf.json");
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(
      "Versions of mammo",
      "Versions of mammo-severity, shared by dev, prod: mammo",
    ),
  );
  expect(await planned({ ...same, directoryOf }, ["registry"])).toEqual({});
});
