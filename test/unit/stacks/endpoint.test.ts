import { kindOf, listStacks } from "../../../stacks/list";
import { changedEstate, type EstateChange } from "../../support/changed-estate";
import { billOfMaterials, only, resources, statementsOf } from "../../support/synth";
import { changedStacks, stackOf } from "../../support/synthesised";

const stack = "prod-mammo-severity-endpoint";
const serving = (endpoint: object): EstateChange => ({
  files: { "prod.json": { models: { "mammo-severity": { endpoint } } } },
});
const stacks = changedStacks(serving({}));
const endpoint = stackOf(stacks, stack);
const scaled = stackOf(
  changedStacks(
    serving({ instances: { min: 2, max: 4 }, capturePercent: 0, rollout: { type: "canary", percent: 20 } }),
  ),
  stack,
);

test("an endpoint's stack holds exactly what it should", () => {
  const materials = {
    aws_cloudwatch_log_group: 1,
    aws_cloudwatch_metric_alarm: 2,
    aws_sagemaker_endpoint: 1,
    aws_sagemaker_endpoint_configuration: 1,
    aws_sagemaker_model: 1,
    aws_sns_topic: 1,
    aws_sns_topic_policy: 1,
    aws_sns_topic_subscription: 1,
    aws_ssm_parameter: 1,
    terraform_data: 1,
  };
  expect(billOfMaterials(endpoint)).toEqual(materials);
  const scaling = { aws_appautoscaling_policy: 1, aws_appautoscaling_target: 1 };
  expect(billOfMaterials(scaled)).toEqual({ ...scaling, ...materials });
});

test("models and configurations are made for each release that is kept, and never changed", () => {
  for (const type of ["aws_sagemaker_model", "aws_sagemaker_endpoint_configuration"])
    expect(only(endpoint, type)).toMatchObject({
      name: "mammo-severity-${each.key}",
      for_each: expect.stringMatching(/^\$\{local\.releases_kept_\w+\}$/) as string,
      lifecycle: { create_before_destroy: true, ignore_changes: "all" },
    });
});

test("what was released is for whoever releases to write", () => {
  expect(only(endpoint, "aws_ssm_parameter")).toMatchObject({
    name: "/mlops/endpoints/mammo-severity",
    insecure_value: "[]",
    lifecycle: { ignore_changes: ["insecure_value", "value"] },
  });
});

test("other settings are another configuration beside the one that serves", () => {
  const keyIn = (all: typeof endpoint): string | undefined =>
    /each\.version\}-(\w{8})/.exec(JSON.stringify(all))?.[1];
  expect(keyIn(endpoint)).toMatch(/^[0-9a-f]{8}$/);
  expect(keyIn(scaled)).not.toBe(keyIn(endpoint));
});

test("what is captured is encrypted and can be read by the model monitor", () => {
  expect(only(endpoint, "aws_sagemaker_endpoint_configuration").data_capture_config).toEqual({
    enable_capture: true,
    initial_sampling_percentage: 100,
    destination_s3_uri: "s3://mlops-prod-sagemaker-data-222222222222/mammo-severity/captured",
    kms_key_id: "arn:aws:kms:us-east-1:222222222222:alias/mlops-prod",
    capture_options: [{ capture_mode: "Input" }, { capture_mode: "Output" }],
    capture_content_type_header: {
      csv_content_types: ["text/csv"],
      json_content_types: ["application/json"],
    },
  });
  expect(only(scaled, "aws_sagemaker_endpoint_configuration").data_capture_config).toBeUndefined();
});

test("an update goes over as it is configured, and back where an alarm says so", () => {
  const alarms = resources(endpoint, "aws_cloudwatch_metric_alarm").map(({ alarm_name }) => alarm_name);
  expect(alarms).toEqual(["mammo-severity-endpoint-errors", "mammo-severity-endpoint-latency"]);
  const deployment = only(scaled, "aws_sagemaker_endpoint").deployment_config as {
    blue_green_update_policy: object;
    auto_rollback_configuration: { alarms: object[] };
  };
  expect(deployment.blue_green_update_policy).toEqual({
    termination_wait_in_seconds: 300,
    traffic_routing_configuration: {
      type: "CANARY",
      wait_interval_in_seconds: 300,
      canary_size: { type: "CAPACITY_PERCENT", value: 20 },
    },
  });
  expect(deployment.auto_rollback_configuration.alarms).toHaveLength(2);
});

test("its alarms tell whoever hears of the account's failures, and nothing else may publish there", () => {
  const alarms = resources(endpoint, "aws_cloudwatch_metric_alarm");
  expect(alarms.map(({ alarm_actions }) => alarm_actions)).toEqual(
    alarms.map(() => [expect.stringMatching(/^\$\{aws_sns_topic\.\w+\.arn\}$/) as string]),
  );
  expect(only(endpoint, "aws_sns_topic_subscription")).toMatchObject({ endpoint: "admin@example.com" });
  const publishers = statementsOf(only(endpoint, "aws_sns_topic_policy").policy).map(
    ({ Effect, Principal, Condition }) => [Effect, Principal, Condition],
  );
  const source = "arn:aws:cloudwatch:us-east-1:222222222222:alarm:mammo-severity-endpoint-";
  expect(publishers).toEqual([
    [
      "Allow",
      { Service: ["cloudwatch.amazonaws.com"] },
      { ArnEquals: { "aws:SourceArn": [`${source}errors`, `${source}latency`] } },
    ],
    ["Deny", "*", { Bool: { "aws:SecureTransport": "false" } }],
  ]);
});

test("quotas must have room for both fleets of an update", () => {
  const changed = changedEstate(serving({ instances: { min: 2, max: 4 } }));
  const [described] = listStacks(changed.estate, changed.models).filter(({ id }) => id === stack);
  if (!described) throw new Error(`no ${stack}`);
  expect(kindOf(described).byHand(changed.estate, described).machines).toEqual([
    { use: "endpoint", instanceType: "ml.m5.large", count: 8 },
  ]);
});

test("its role reads versions of this model, writes captures, and nothing else of S3", () => {
  const foundation = stackOf(stacks, "prod-foundation");
  const policies = resources(foundation, "aws_iam_role_policy").filter(({ role }) =>
    String(role).includes("serving"),
  );
  const s3 = policies
    .flatMap(({ policy }) => statementsOf(policy))
    .filter(({ Action }) => [Action].flat().some((action) => action.startsWith("s3:")));
  expect(s3.map(({ Action, Resource }) => [Action, Resource])).toEqual([
    [
      ["s3:GetObject"],
      [
        "arn:aws:s3:::mlops-sagemaker-artifacts-333333333333/prod/mammo-severity/versions/*",
        "arn:aws:s3:::mlops-sagemaker-artifacts-333333333333/dev/mammo-severity/versions/*",
        "arn:aws:s3:::mlops-sagemaker-artifacts-333333333333/mammo-severity/models/*",
        "arn:aws:s3:::mlops-sagemaker-artifacts-333333333333/mammo-severity/baselines/*",
      ],
    ],
    [["s3:PutObject"], ["arn:aws:s3:::mlops-prod-sagemaker-data-222222222222/mammo-severity/captured/*"]],
  ]);
});

test("where the account has a network, models serve in it, and a release of before is made anew there", () => {
  const network = { subnetIds: ["subnet-0123456789abcdef0"], securityGroupIds: ["sg-0123456789abcdef0"] };
  const { files } = serving({});
  const within = stackOf(
    changedStacks({ files: { "prod.json": { ...files?.["prod.json"], network } } }),
    stack,
  );
  expect(only(within, "aws_sagemaker_model").vpc_config).toEqual({
    subnets: network.subnetIds,
    security_group_ids: network.securityGroupIds,
  });
  expect(JSON.stringify(within)).not.toBe(JSON.stringify(endpoint));
});
