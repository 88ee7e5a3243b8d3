import { managementStatements, type Management } from "../../../core/management";
import { alarmManagement } from "../../../modules/alerts/dead-letter-queue";

const topics = (...resources: string[]) => ({ service: "sns", actions: ["CreateTopic"], resources });

test("what stacks manage becomes one list a service, nothing twice", () => {
  const statements = managementStatements([
    topics("arn:a"),
    { service: "sqs", actions: ["CreateQueue"], resources: ["arn:q"] },
    topics("arn:a", "arn:b"),
  ]);
  expect(statements).toEqual({
    sns: [{ Sid: "Manage", Effect: "Allow", Action: ["sns:CreateTopic"], Resource: ["arn:a", "arn:b"] }],
    sqs: [{ Sid: "Manage", Effect: "Allow", Action: ["sqs:CreateQueue"], Resource: ["arn:q"] }],
  });
});

test("nothing managed is no statement", () => {
  expect(managementStatements([])).toEqual({});
});

test("what looks at more than one resource is a statement of its own, which changes nothing", () => {
  const alarm = "arn:aws:cloudwatch:us-east-1:222222222222:alarm:mammo-severity-undelivered-events";
  const { cloudwatch = [] } = managementStatements([alarmManagement([alarm])]);
  expect(cloudwatch).toEqual([
    expect.objectContaining({ Sid: "Manage", Resource: [alarm] }),
    {
      Sid: "Look",
      Effect: "Allow",
      Action: ["cloudwatch:DescribeAlarms"],
      Resource: ["arn:aws:cloudwatch:us-east-1:222222222222:alarm:*"],
    },
  ]);
  expect(cloudwatch[0]?.Action).not.toContain("cloudwatch:DescribeAlarms");
});

test("what stacks never do alike is refused once, on whatever resource", () => {
  const when = { StringNotEquals: { "sns:Protocol": "email" } };
  const limited = (topic: string) => ({ ...topics(topic), never: [{ action: "Subscribe", when }] });
  const { sns = [] } = managementStatements([limited("arn:a"), limited("arn:b")]);
  expect(sns).toEqual([
    { Sid: "Manage", Effect: "Allow", Action: ["sns:CreateTopic"], Resource: ["arn:a", "arn:b"] },
    { Sid: "Never1", Effect: "Deny", Action: ["sns:Subscribe"], Resource: ["*"], Condition: when },
  ]);
});

test("what one stack lets through is let through for all, for a refusal holds for whatever the role does", () => {
  const limited = (topic: string, emails: readonly string[]): Management => ({
    ...topics(topic),
    never: [
      { action: "Subscribe", when: { StringNotEquals: { "sns:Protocol": "email" } } },
      { action: "Subscribe", when: { StringNotEqualsIgnoreCase: { "sns:Endpoint": emails } } },
    ],
  });
  const { sns = [] } = managementStatements([
    limited("arn:a", ["a@b.c"]),
    limited("arn:b", ["a@b.c", "d@e.f"]),
  ]);
  expect(sns.slice(1).map(({ Condition }) => Condition)).toEqual([
    { StringNotEquals: { "sns:Protocol": "email" } },
    { StringNotEqualsIgnoreCase: { "sns:Endpoint": ["a@b.c", "d@e.f"] } },
  ]);
});
