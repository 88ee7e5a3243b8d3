import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppliedEstate } from "../support/applied-estate";
import { changes } from "../support/changed-estate";
import { threePipelines } from "../support/three-pipelines";
import { ChangedStacks } from "./support/changed-stacks";

let applied: AppliedEstate;

beforeAll(async () => {
  applied = await AppliedEstate.copy();
});
afterAll(() => applied.stop());

const environments = ["registry", "dev-foundation", "prod-foundation"];

test("an environment added: those that it is shared with let it in, and nothing is replaced", async () => {
  const added = new ChangedStacks(applied, "environment-added", changes["an environment added"]);
  expect(await added.planned(environments)).toEqual({
    change: [
      "dev-foundation aws_kms_key.key",
      "prod-foundation aws_iam_role_policy.roles-of-mammo-severity_execution_cross-account-kms-key-access-policy",
      "prod-foundation aws_iam_role_policy.roles-of-mammo-severity_execution_cross-account-model-artifacts-s3-bucket-access",
      "prod-foundation aws_iam_role_policy.roles-of-mammo-severity_lookup_model-versions",
      "registry aws_s3_bucket_policy.artifacts_policy",
      "registry aws_sagemaker_model_package_group_policy.mammo-severity-model-package_policy",
    ],
  });
});

test("a model renamed: its package group and all versions stay, with the description that it was made with, and its new roles are let in", async () => {
  const renamed = new ChangedStacks(applied, "model-renamed", changes["a model renamed"]);
  const file = join(renamed.directoryOf("registry"), "cdk.tf.json");
  const synthesised = readFileSync(file, "utf8");
  const described = synthesised.replace(
    "Versions of mammo",
    "Versions of mammo-severity, shared by dev, prod: mammo",
  );
  expect(described).not.toBe(synthesised);
  writeFileSync(file, described);
  expect(await renamed.planned(["registry"])).toEqual({
    change: ["registry aws_sagemaker_model_package_group_policy.mammo-severity-model-package_policy"],
  });
});

test("another tag: what has tags is changed in place", async () => {
  const tagged = new ChangedStacks(applied, "another-tag", changes["another tag"]);
  const found = await tagged.planned(["registry", "prod-foundation", "prod-mammo-severity", "jenkins"]);
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
  const several = new ChangedStacks(applied, "several", { files: { "prod.json": prod }, models });
  const services = ["cloudwatch", "events", "lambda", "sagemaker", "sns", "sqs"];
  const jenkinsManages = [
    ...services.map((service) => `deploy-role_jenkins-manages-${service}`),
    "deploy-role_jenkins-sees-what-comes-first",
  ];
  const steps = ["evaluate", "prepare", "train"].map(
    (pipeline) => `roles-of-three-pipelines_execution_three-pipelines-${pipeline}-permissions`,
  );
  const withAttachments = (policies: readonly string[]) => [
    ...policies.map((policy) => `prod-foundation aws_iam_policy.${policy}`),
    ...policies.map((policy) => `prod-foundation aws_iam_role_policy_attachment.${policy}-attachment`),
  ];
  const {
    create = [],
    destroy = [],
    ...others
  } = await several.planned(["jenkins", "registry", "prod-foundation", "prod-mammo-severity"]);
  expect(create.toSorted()).toEqual(
    [
      ...withAttachments(steps),
      ...["execution", "lookup", "retraining", "sealing"].map(
        (role) => `prod-foundation aws_iam_role.roles-of-three-pipelines_${role}_role`,
      ),
      ...[
        "execution_cross-account-model-artifacts-s3-bucket-access",
        "execution_cross-account-kms-key-access-policy",
        "execution_cross-account-model-registry-access",
        "execution_kms-key-access-policy",
        "execution_pipeline-start",
        "lookup_cross-account-model-registry-access",
        "lookup_function-logs",
        "lookup_model-versions",
        "retraining_function-logs",
        "retraining_monitor-reports",
        "retraining_retrain-on-drift",
        "sealing_function-logs",
        "sealing_seal-versions",
      ].map((policy) => `prod-foundation aws_iam_role_policy.roles-of-three-pipelines_${policy}`),
      "prod-mammo-severity aws_sns_topic_subscription.alarms_email-otherexamplecom",
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
      "prod-mammo-severity aws_lambda_function.drift-retraining-guard_function",
      "prod-mammo-severity aws_lambda_permission.drift-retraining-guard_rule-permission",
      "prod-mammo-severity aws_sns_topic_subscription.alarms_email-adminexamplecom",
      "prod-mammo-severity aws_sns_topic_subscription.alerts_email-adminexamplecom",
    ].toSorted(),
  );
  expect(others).toEqual({
    change: [
      "prod-mammo-severity aws_cloudwatch_event_rule.inference-schedule_rule",
      "registry aws_sagemaker_model_package_group_policy.mammo-severity-model-package_policy",
    ],
  });
});
