import { resources, statementsOf } from "../../support/synth";
import { stackOf, synthesisedStacks } from "../../support/synthesised";

const stacks = synthesisedStacks();
const name = "mammo-severity-inference-schedule-did-not-run";
const arn = `arn:aws:cloudwatch:us-east-1:222222222222:alarm:${name}`;

test("a nightly schedule raises its alarm where its rule called nothing for 26 hours, at both topics", () => {
  const prod = stackOf(stacks, "prod-mammo-severity");
  const alarm = resources(prod, "aws_cloudwatch_metric_alarm").find(({ alarm_name }) => alarm_name === name);
  expect(alarm).toMatchObject({
    namespace: "AWS/Events",
    metric_name: "Invocations",
    dimensions: { RuleName: "mammo-severity-inference-schedule" },
    statistic: "Sum",
    period: 3600,
    evaluation_periods: 26,
    threshold: 1,
    comparison_operator: "LessThanThreshold",
    treat_missing_data: "breaching",
  });
  expect(alarm?.alarm_actions).toHaveLength(2);
  const rules = resources(prod, "aws_cloudwatch_event_rule").map((rule) => rule.name);
  expect(rules).toContain("mammo-severity-inference-schedule");
  for (const { policy } of resources(prod, "aws_sns_topic_policy"))
    expect(JSON.stringify(statementsOf(policy))).toContain(arn);
});

test("where no schedule is switched on there is no alarm, and the topics are ready for one", () => {
  const dev = stackOf(stacks, "dev-mammo-severity");
  expect(resources(dev, "aws_cloudwatch_metric_alarm").map(({ alarm_name }) => alarm_name)).not.toContain(
    name,
  );
  expect(JSON.stringify(resources(dev, "aws_sns_topic_policy"))).toContain(`alarm:${name}`);
});
