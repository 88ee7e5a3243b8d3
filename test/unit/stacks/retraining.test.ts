import { resources, statementsOf } from "../../support/synth";
import { stackOf, synthesisedStacks } from "../../support/synthesised";

const stacks = synthesisedStacks();
const foundation = stackOf(stacks, "prod-foundation");
const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:222222222222:${resource}`;
const data = "arn:aws:s3:::mlops-prod-sagemaker-data-222222222222";
const inTheEstate = { "aws:ResourceAccount": ["222222222222", "333333333333"] };

const policies = Object.fromEntries(
  resources(foundation, "aws_iam_role_policy")
    .filter(({ role }) => String(role).includes("_retraining_"))
    .map(({ name, policy }) => [String(name), statementsOf(policy)]),
);

test("the role that retrains may look into inference, start training and report its own failure, and no more", () => {
  expect(Object.keys(policies).toSorted()).toEqual(["function-logs", "monitor-reports", "retrain-on-drift"]);
  const granted = [...(policies["retrain-on-drift"] ?? []), ...(policies["monitor-reports"] ?? [])];
  expect(
    granted.map(({ Action, Resource, Condition }) => ({ Action, Resource, ...(Condition && { Condition }) })),
  ).toEqual([
    {
      Action: ["sagemaker:ListPipelineExecutionSteps"],
      Resource: [arn("sagemaker", "pipeline/mammo-severity-inference-pipeline/execution/*")],
    },
    {
      Action: ["sagemaker:DescribeProcessingJob"],
      Resource: [arn("sagemaker", "processing-job/pipelines-*")],
    },
    {
      Action: ["sagemaker:ListPipelineExecutions", "sagemaker:StartPipelineExecution"],
      Resource: [arn("sagemaker", "pipeline/mammo-severity-train-pipeline")],
    },
    { Action: ["sqs:SendMessage"], Resource: [arn("sqs", "mammo-severity-undelivered-events")] },
    {
      Action: ["s3:GetObject"],
      Resource: [`${data}/mammo-severity/inference/*`],
      Condition: { StringEquals: inTheEstate },
    },
    {
      Action: ["s3:ListBucket"],
      Resource: [data],
      Condition: { StringLike: { "s3:prefix": ["mammo-severity/inference/*"] }, StringEquals: inTheEstate },
    },
    {
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"],
      Resource: [arn("kms", "key/*")],
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": ["alias/mlops-prod"] } },
    },
  ]);
});

test("it is there before retraining is switched on, so that switching it on takes no administrator", () => {
  const roles = resources(stackOf(stacks, "dev-foundation"), "aws_iam_role");
  expect(roles.map(({ name }) => name)).toContain("sagemaker-retraining-role-mammo-severity");
});

test("the function is told the pipeline by name, and what it fails on goes to the dead-letter queue", () => {
  const functions = resources(stackOf(stacks, "prod-mammo-severity"), "aws_lambda_function");
  expect(
    functions.find(({ function_name: name }) => name === "mammo-severity-drift-retraining"),
  ).toMatchObject({
    role: "arn:aws:iam::222222222222:role/sagemaker-retraining-role-mammo-severity",
    environment: { variables: { PIPELINE: "mammo-severity-train-pipeline" } },
    dead_letter_config: { target_arn: expect.stringMatching(/^\$\{aws_sqs_queue\./) as string },
  });
});
