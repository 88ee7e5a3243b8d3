import { managementStatements } from "../../../core/management";

const topics = (...resources: string[]) => ({ service: "sns", actions: ["CreateTopic"], resources });

test("what stacks manage becomes one statement a service, nothing twice", () => {
  const statements = managementStatements([
    topics("arn:a"),
    { service: "sqs", actions: ["CreateQueue"], resources: ["arn:q"] },
    topics("arn:a", "arn:b"),
  ]);
  expect(statements).toEqual({
    sns: { Sid: "Manage", Effect: "Allow", Action: ["sns:CreateTopic"], Resource: ["arn:a", "arn:b"] },
    sqs: { Sid: "Manage", Effect: "Allow", Action: ["sqs:CreateQueue"], Resource: ["arn:q"] },
  });
});

test("nothing managed is no statement", () => {
  expect(managementStatements([])).toEqual({});
});
