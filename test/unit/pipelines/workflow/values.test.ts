import {
  and,
  atLeast,
  equals,
  isPresent,
  isText,
  not,
  or,
  publishTask,
  Reference,
  text,
} from "../../../../pipelines/workflow";
import { payloadTemplate } from "../../../../pipelines/workflow/values";
import { topicArn } from "../../../support/workflow";

const reference = new Reference("$.Ask.answer");

test("a subject that SNS refuses is refused", () => {
  const publish = (subject: string) =>
    publishTask({ topicArn, kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:alias/a", subject, message: "m" });
  expect(() => publish("two\nlines")).toThrow("subject must be 1 to 100 ASCII characters of one line");
});

test("what is known only when the workflow runs becomes no part of a text before", () => {
  expect(() => `answer: ${reference as unknown as string}`).toThrow(
    "$.Ask.answer is known only when the workflow runs: put it into a text with the tag text`…`",
  );
  expect(text`it's {${reference}}`).toHaveProperty(
    "expression",
    String.raw`States.Format('it\'s \{{}\}', $.Ask.answer)`,
  );
});

test("a list with what is known only when the workflow runs is made then", () => {
  expect(payloadTemplate({ Arguments: ["--out", reference, 3], Fixed: ["a", { Key: reference }] })).toEqual({
    "Arguments.$": "States.Array('--out', $.Ask.answer, 3)",
    Fixed: ["a", { "Key.$": "$.Ask.answer" }],
  });
});

test("a key that Step Functions would read as a path is refused, and so is a number that JSON has not", () => {
  expect(() => payloadTemplate({ "Key.$": "a" })).toThrow('a key must not end in ".$", got: "Key.$"');
  expect(() => payloadTemplate({ Key: { Count: Number.NaN } })).toThrow(
    "Key.Count must be a number, got: NaN",
  );
});

test("conditions compare only what is there", () => {
  const Variable = "$.Ask.answer";
  const present = { Variable, IsPresent: true };
  expect(equals(reference, true)).toEqual({ And: [present, { Variable, BooleanEquals: true }] });
  expect(equals(reference, 3)).toEqual({ And: [present, { Variable, NumericEquals: 3 }] });
  expect(or(not(isPresent(reference)), and(isText(reference), atLeast(reference, 2)))).toEqual({
    Or: [
      { Not: present },
      {
        And: [
          { And: [present, { Variable, IsString: true }] },
          { And: [present, { Variable, NumericGreaterThanEquals: 2 }] },
        ],
      },
    ],
  });
});
