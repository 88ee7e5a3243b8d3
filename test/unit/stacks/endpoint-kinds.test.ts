import { kindOf, listStacks } from "../../../stacks/list";
import { changedEstate, type EstateChange } from "../../support/changed-estate";
import { billOfMaterials, only, resources, statementsOf, type Synthesised } from "../../support/synth";
import { changedStacks, stackOf } from "../../support/synthesised";

const id = "prod-mammo-severity-endpoint";
const data = "mlops-prod-sagemaker-data-222222222222";
const key = "arn:aws:kms:us-east-1:222222222222:alias/mlops-prod";
const topic = (name: string) => `arn:aws:sns:us-east-1:222222222222:mammo-severity-endpoint-${name}`;
const serving = (endpoint: object): EstateChange => ({
  files: { "prod.json": { models: { "mammo-severity": { endpoint } } } },
});
const of = (endpoint: object) => {
  const stacks = changedStacks(serving(endpoint));
  return { stacks, endpoint: stackOf(stacks, id) };
};
const realTime = of({});
const serverless = of({ serverless: { memoryMb: 3072, provisionedConcurrency: 1 } });
const asynchronous = of({
  asynchronous: { maxConcurrentInvocationsPerInstance: 4, backlogPerInstance: 7 },
  instances: { min: 0, max: 3 },
});

const configurationIn = ({ endpoint }: typeof realTime) =>
  only(endpoint, "aws_sagemaker_endpoint_configuration");

const servingStatements = ({ stacks }: typeof realTime) =>
  resources(stackOf(stacks, "prod-foundation"), "aws_iam_role_policy")
    .filter(({ role }) => String(role).includes("serving"))
    .flatMap(({ policy }) => statementsOf(policy));

const deployStatements = ({ stacks }: typeof realTime): ReturnType<typeof statementsOf> =>
  resources(stackOf(stacks, "prod-foundation"), "aws_iam_policy").flatMap(({ policy }) =>
    statementsOf(policy),
  );

const allows = (statements: ReturnType<typeof statementsOf>, action: string) =>
  statements
    .filter(({ Action }) => [Action].flat().includes(action))
    .flatMap(({ Resource }) => Resource)
    .filter((resource) => !String(resource).includes("artifacts"));

test("a serverless endpoint has memory, and no machines, capture, network, rollout or alarm that rolls back", () => {
  const { kms_key_arn, production_variants, ...configuration } = configurationIn(serverless);
  expect(kms_key_arn).toBe(key);
  expect(production_variants).toEqual([
    {
      variant_name: "AllTraffic",
      model_name: expect.any(String) as string,
      initial_variant_weight: 1,
      serverless_config: { memory_size_in_mb: 3072, max_concurrency: 5, provisioned_concurrency: 1 },
    },
  ]);
  expect(Object.keys(configuration)).not.toEqual(expect.arrayContaining(["data_capture_config"]));
  expect(only(serverless.endpoint, "aws_sagemaker_model")).toMatchObject({ enable_network_isolation: false });
  expect(only(serverless.endpoint, "aws_sagemaker_endpoint")).not.toHaveProperty("deployment_config");
  expect(billOfMaterials(serverless.endpoint)).toEqual(billOfMaterials(realTime.endpoint));
});

test("an asynchronous endpoint begins with an instance, writes below the data bucket with its key, and tells its topics", () => {
  expect(configurationIn(asynchronous)).toMatchObject({
    production_variants: [{ instance_type: "ml.m5.large", initial_instance_count: 1 }],
    async_inference_config: {
      client_config: { max_concurrent_invocations_per_instance: 4 },
      output_config: {
        kms_key_id: key,
        s3_output_path: `s3://${data}/mammo-severity/captured/answers`,
        s3_failure_path: `s3://${data}/mammo-severity/captured/answers/failures`,
        notification_config: { success_topic: topic("answered"), error_topic: topic("failed") },
      },
    },
  });
  expect(configurationIn(asynchronous)).not.toHaveProperty("data_capture_config");
  const topics = resources(asynchronous.endpoint, "aws_sns_topic");
  expect(topics.map(({ name, kms_master_key_id }) => [name, kms_master_key_id])).toEqual([
    ["mammo-severity-endpoint-alarms", "alias/mlops-prod"],
    ["mammo-severity-endpoint-answered", "alias/mlops-prod"],
    ["mammo-severity-endpoint-failed", "alias/mlops-prod"],
  ]);
});

test("an asynchronous endpoint grows by what waits, also from no instance", () => {
  const [fromNone, byBacklog] = resources(asynchronous.endpoint, "aws_appautoscaling_policy");
  expect(only(asynchronous.endpoint, "aws_appautoscaling_target")).toMatchObject({
    min_capacity: 0,
    max_capacity: 3,
  });
  expect(byBacklog?.target_tracking_scaling_policy_configuration).toEqual({
    target_value: 7,
    customized_metric_specification: {
      namespace: "AWS/SageMaker",
      metric_name: "ApproximateBacklogSizePerInstance",
      dimensions: [{ name: "EndpointName", value: "mammo-severity" }],
      statistic: "Average",
    },
  });
  expect(fromNone).toMatchObject({ policy_type: "StepScaling" });
  const waits = resources(asynchronous.endpoint, "aws_cloudwatch_metric_alarm").find(
    ({ metric_name }) => metric_name === "HasBacklogWithoutCapacity",
  );
  expect(waits).toMatchObject({
    dimensions: { EndpointName: "mammo-severity" },
    alarm_actions: [expect.stringMatching(/^\$\{aws_appautoscaling_policy\.\w+\[0\]\.arn\}$/) as string],
    count: expect.stringContaining("min(1") as string,
  });
});

test.each([
  ["real-time", realTime, ["Invocation5XXErrors", "InvocationModelErrors"], 1000],
  ["serverless", serverless, ["Invocation5XXErrors", "Invocation4XXErrors"], 1000],
  ["asynchronous", asynchronous, ["InvocationFailures"], 60_000],
] as const)(
  "the alarms of a %s endpoint look at metrics that it has",
  (_, { endpoint }, metrics, milliseconds) => {
    const [errors, latency] = resources(endpoint, "aws_cloudwatch_metric_alarm");
    const queries = errors?.metric_query as { readonly metric?: { readonly metric_name: string } }[];
    expect(queries.flatMap(({ metric }) => metric?.metric_name ?? [])).toEqual(metrics);
    expect(latency).toMatchObject({ metric_name: "ModelLatency", threshold: milliseconds * 1000 });
  },
);

test("each kind's role may do what that kind does, and nothing else", () => {
  const written = [realTime, serverless, asynchronous].map((each) =>
    allows(servingStatements(each), "s3:PutObject"),
  );
  const at = (place: string) => `arn:aws:s3:::${data}/mammo-severity/captured/${place}*`;
  expect(written).toEqual([[at("")], [], [at("answers/")]]);
  const read = [serverless, asynchronous].map((each) => allows(servingStatements(each), "s3:GetObject"));
  expect(read).toEqual([[], [at("requests/")]]);
  expect(allows(servingStatements(asynchronous), "sns:Publish")).toEqual([
    topic("answered"),
    topic("failed"),
  ]);
  expect(allows(servingStatements(serverless), "sns:Publish")).toEqual([]);
});

test("Jenkins may ask an asynchronous endpoint by way of S3, and no other", () => {
  const may = deployStatements(asynchronous);
  expect(allows(may, "sagemaker:InvokeEndpointAsync")).not.toEqual([]);
  const captured = (statements: typeof may) =>
    allows(statements, "s3:PutObject").filter((resource) => String(resource).includes("/captured/"));
  expect(captured(may)).toEqual([`arn:aws:s3:::${data}/mammo-severity/captured/requests/*`]);
  expect(allows(may, "sns:CreateTopic")).toContain(topic("answered"));
  expect(allows(deployStatements(realTime), "sagemaker:InvokeEndpointAsync")).toEqual([]);
  expect(captured(deployStatements(realTime))).toEqual([]);
});

test("releases are told apart by their kind, and none is planned over one of another", () => {
  const hash = ({ endpoint }: { readonly endpoint: Synthesised }) =>
    /each\.version\}-([\w-]+?)\\"/.exec(JSON.stringify(endpoint))?.[1];
  expect([realTime, serverless, asynchronous].map(hash)).toEqual([
    "4c70dcc0",
    expect.stringMatching(/^serverless-[0-9a-f]{8}$/) as string,
    expect.stringMatching(/^async-[0-9a-f]{8}$/) as string,
  ]);
  const [precondition] = (
    only(serverless.endpoint, "aws_sagemaker_endpoint").lifecycle as unknown as {
      readonly precondition: readonly { readonly condition: string; readonly error_message: string }[];
    }
  ).precondition;
  expect(precondition?.condition).toMatch(/== "serverless-"\]\)\}$/);
  expect(precondition?.error_message).toMatch(
    /npx mlops destroy prod-mammo-severity-endpoint takes it away,/,
  );
});

test("a serverless endpoint asks for no quota of machines, and says what it has", () => {
  const { estate, models } = changedEstate(serving({ serverless: {} }));
  const [described] = listStacks(estate, models).filter((stack) => stack.id === id);
  if (!described) throw new Error(`no ${id}`);
  expect(kindOf(described).byHand(estate, described).machines).toEqual([]);
  expect(kindOf(described).contents(estate, described)[0]).toBe(
    "endpoint mammo-severity, serverless, 2048 MB, up to 5 at once",
  );
});
