import { describeAttribute } from "../../../../deploy/plans/render/details";
import { attributeChanges, attributesOfNew } from "../../../../deploy/plans/summary/attribute-changes";
import type { Change, Json } from "../../../../deploy/terraform/plan-json";
import { created, updated } from "./support/plan-change";

const changes = (before: Json, after: Json, parts: Partial<Change> = {}): string[] =>
  attributeChanges(updated(before, after, parts)).flatMap(describeAttribute);

const text = (value: Json): string => JSON.stringify(value);

describe("a policy in JSON text is compared part by part", () => {
  const own = { Sid: "Own", Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: "*" };
  const other = { Sid: "Other", Effect: "Deny", Action: "*", Resource: "*" };
  const policy = (...Statement: Json[]): Json => ({ policy: text({ Version: "2012-10-17", Statement }) });

  test("a statement that changes is shown whole, with what comes and goes in it", () => {
    expect(
      changes(policy(own, other), policy({ ...own, Action: ["s3:GetObject", "s3:List"] }, other)),
    ).toEqual([
      "policy.Statement[Own]:",
      "  {",
      '    "Sid": "Own"',
      '    "Effect": "Allow"',
      '    "Action": [',
      '      "s3:GetObject"',
      '-     "s3:PutObject"',
      '+     "s3:List"',
      "    ]",
      '    "Resource": "*"',
      "  }",
    ]);
  });

  test("a statement put in front makes none behind it look changed", () => {
    expect(changes(policy(own), policy(other, own))).toEqual([
      'policy.Statement[Other]: + {"Sid":"Other","Effect":"Deny","Action":"*","Resource":"*"}',
    ]);
  });

  test("nor does one without a name", () => {
    const [a, b] = [
      { Effect: "Allow", Action: "a", Resource: "*" },
      { Effect: "Deny", Action: "b", Resource: "*" },
    ];
    expect(changes(policy(a), policy(b, a))).toEqual([
      'policy.Statement[0]: + {"Effect":"Deny","Action":"b","Resource":"*"}',
    ]);
    expect(changes(policy(a, b), policy({ ...b, Resource: ["x"] }, a))[0]).toBe("policy.Statement[0]:");
  });

  test("a new statement is shown whole, however long it is", () => {
    const Action = Array.from({ length: 40 }, (_, index) => `service:Action${index}`);
    const lines = changes(policy(own), policy(own, { Sid: "Long", Effect: "Allow", Action, Resource: "*" }));
    expect(lines[0]).toBe("policy.Statement[Long]:");
    expect(lines.slice(1).every((line) => line.startsWith("+ "))).toBe(true);
    for (const action of Action) expect(lines).toContain(`+     "${action}"`);
  });

  test("the one statement of a policy without a list too", () => {
    const single = (Statement: Json): Json => ({ policy: text({ Statement }) });
    expect(changes(single({ Action: "a" }), single([{ Action: "a" }, other]))).toEqual([
      'policy.Statement[Other]: + {"Sid":"Other","Effect":"Deny","Action":"*","Resource":"*"}',
    ]);
  });

  test("statements without names are paired by place", () => {
    const [a, b] = [{ Action: "a" }, { Action: "b" }];
    expect(changes(policy(a, b), policy(a, { Action: "c" }))).toEqual([
      "policy.Statement[1]:",
      "  {",
      '-   "Action": "b"',
      '+   "Action": "c"',
      "  }",
    ]);
  });

  test("of statements with one name, those that are the same are paired first", () => {
    const [a, b] = [
      { Sid: "A", Action: "a" },
      { Sid: "A", Action: "b" },
    ];
    expect(changes(policy(a, b), policy(b, b))).toEqual([
      "policy.Statement[1]:",
      "  {",
      '    "Sid": "A"',
      '-   "Action": "a"',
      '+   "Action": "b"',
      "  }",
    ]);
  });

  test("another order of the same is said to be no more than that", () => {
    expect(changes(policy(own, other), policy(other, own))).toEqual([
      "policy.Statement: (one order) → (another order)",
    ]);
  });

  test("the same JSON in another spelling too", () => {
    expect(changes({ policy: '{"a":1,"b":2}' }, { policy: '{ "b": 2, "a": 1 }' })).toEqual([
      "policy: (the same JSON) → (written otherwise)",
    ]);
  });

  test("one that becomes text, or was none, is shown as a whole", () => {
    expect(changes({ policy: "none" }, { policy: '{"a":1}' })).toEqual(['policy: "none" → {"a":1}']);
    expect(changes({ policy: "{" }, { policy: "{x" })).toEqual(['policy: "{" → "{x"']);
  });
});

describe("an event pattern", () => {
  const pattern = (...statuses: string[]): string =>
    text({ source: ["aws.sagemaker"], detail: { currentStepStatus: statuses } });

  test("is shown whole where it changes", () => {
    expect(
      changes({ event_pattern: pattern("Failed") }, { event_pattern: pattern("Failed", "Stopped") }),
    ).toEqual([
      "event_pattern:",
      "  {",
      '    "source": ["aws.sagemaker"]',
      '    "detail": {',
      '      "currentStepStatus": [',
      '        "Failed"',
      '+       "Stopped"',
      "      ]",
      "    }",
      "  }",
    ]);
  });

  test("that names what is not made yet is shown as the code has it", () => {
    const event_pattern = text({ detail: { pipelineArn: ["${aws_sagemaker_pipeline.train.arn}"] } });
    const change = created({ name: "rule" }, {}, { after_unknown: { event_pattern: true, arn: true } });
    const written = { event_pattern, name: "rule", arn: "${x}" };
    expect(attributesOfNew(change, written).flatMap(describeAttribute)).toEqual([
      'name: + "rule"',
      'event_pattern: + {"detail":{"pipelineArn":["${aws_sagemaker_pipeline.train.arn}"]}} ' +
        "(as the code has it; ${…} is known after the apply)",
    ]);
    const replaced = updated(
      { event_pattern: text({ detail: { pipelineArn: ["arn:old"] } }) },
      {},
      { after_unknown: { event_pattern: true } },
    );
    expect(attributeChanges(replaced, written).flatMap(describeAttribute)).toEqual([
      "event_pattern (as the code has it; ${…} is known after the apply):",
      "  {",
      '    "detail": {',
      '      "pipelineArn": [',
      '-       "arn:old"',
      '+       "${aws_sagemaker_pipeline.train.arn}"',
      "      ]",
      "    }",
      "  }",
    ]);
  });

  test("that is marked sensitive is not shown as the code has it either", () => {
    const change = created({}, { event_pattern: true }, { after_unknown: { event_pattern: true } });
    const [attribute] = attributesOfNew(change, { event_pattern: '{"a":"hush"}' });
    expect(attribute).toMatchObject({ path: "event_pattern", after: "(sensitive)" });
  });
});
