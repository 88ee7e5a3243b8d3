import { executionFailed, stepFailed } from "../../../modules/events/event-patterns";
import { FailureAlert } from "../../../modules/events/failure-alert";
import { stepFailureMessage } from "../../../modules/events/messages";
import { RuleStart } from "../../../modules/events/rule-start";
import { NodeFunction } from "../../../modules/lambda/node-function";
import { only, synthesise } from "../../support/synth";

const queueArn = "arn:aws:sqs:us-east-1:222222222222:undelivered";
const pipelineArn = "arn:aws:sagemaker:us-east-1:222222222222:pipeline/train";

test("a pipeline is started with a role, retries for an hour, and a dead-letter queue", () => {
  const stack = synthesise((scope) => {
    new RuleStart(scope, "schedule", {
      ruleName: "nightly",
      description: "Nightly",
      trigger: { schedule: "cron(0 23 * * ? *)" },
      target: { pipelineArn, roleArn: "arn:aws:iam::222222222222:role/exec" },
      deadLetterQueueArn: queueArn,
    });
  });
  expect(only(stack, "aws_cloudwatch_event_rule")).toMatchObject({
    schedule_expression: "cron(0 23 * * ? *)",
    state: "ENABLED",
  });
  expect(only(stack, "aws_cloudwatch_event_target")).toMatchObject({
    arn: pipelineArn,
    role_arn: "arn:aws:iam::222222222222:role/exec",
    retry_policy: { maximum_event_age_in_seconds: 3600, maximum_retry_attempts: 24 },
    dead_letter_config: { arn: queueArn },
  });
});

test("a function that starts a pipeline is called without a role, once its own policy lets that one rule in", () => {
  const rule = "arn:aws:events:us-east-1:222222222222:rule/drift";
  const stack = synthesise((scope) => {
    const guard = new NodeFunction(scope, "guard", {
      functionName: "drift",
      description: "Test",
      handler: "drift-retraining",
      roleArn: "arn:aws:iam::222222222222:role/retraining",
      environment: { PIPELINE: "train" },
      logGroupName: "/mlops/functions",
      deadLetterQueueArn: queueArn,
    });
    new RuleStart(scope, "drift", {
      ruleName: "drift",
      description: "Drift",
      trigger: { pattern: stepFailed([pipelineArn]) },
      target: { functionArn: guard.arn, permission: guard.allowRule(rule) },
      deadLetterQueueArn: queueArn,
    });
  });
  expect(only(stack, "aws_lambda_permission")).toMatchObject({
    action: "lambda:InvokeFunction",
    principal: "events.amazonaws.com",
    source_arn: rule,
  });
  const target = only(stack, "aws_cloudwatch_event_target");
  expect(target).not.toHaveProperty("role_arn");
  expect(target.depends_on).toEqual([expect.stringMatching(/^aws_lambda_permission\./)]);
  expect(only(stack, "aws_lambda_function")).toMatchObject({ dead_letter_config: { target_arn: queueArn } });
});

test("an alert goes to the topic without a role, because SNS targets take none", () => {
  const stack = synthesise((scope) => {
    new FailureAlert(scope, "failure", {
      ruleName: "failure",
      description: "Failure",
      pattern: stepFailed([pipelineArn]),
      message: stepFailureMessage,
      topicArn: "arn:aws:sns:us-east-1:222222222222:alerts",
      deadLetterQueueArn: queueArn,
    });
  });
  const target = only(stack, "aws_cloudwatch_event_target");
  expect(target).not.toHaveProperty("role_arn");
  expect(target.dead_letter_config).toEqual({ arn: queueArn });
  expect((target.input_transformer as { input_template: string }).input_template).toBe(
    [
      '"Step <step> (<kind>) failed."',
      '"Pipeline:  <pipeline>"',
      '"Execution: <execution>"',
      '"Reason:    npx mlops pipelines show <execution>"',
      '"Account <account>, <region>, <time>"',
    ].join("\n"),
  );
  expect(JSON.stringify(target)).not.toContain("failureReason");
});

test("a step failure is told by SageMaker's step event, narrowed to steps by name", () => {
  expect(stepFailed([pipelineArn], ["Monitor"])).toEqual({
    source: ["aws.sagemaker"],
    "detail-type": ["SageMaker Model Building Pipeline Execution Step Status Change"],
    detail: { pipelineArn: [pipelineArn], currentStepStatus: ["Failed"], stepName: ["Monitor"] },
  });
});

test("an execution failure is told by SageMaker's execution event", () => {
  expect(executionFailed([pipelineArn])).toEqual({
    source: ["aws.sagemaker"],
    "detail-type": ["SageMaker Model Building Pipeline Execution Status Change"],
    detail: { pipelineArn: [pipelineArn], currentPipelineExecutionStatus: ["Failed"] },
  });
});
