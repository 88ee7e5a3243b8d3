import { executionId, Join, LambdaStep, s3Uri, stringParameter } from "../../../pipelines/definition";
import { knownS3Prefix } from "../../../pipelines/definition/rendered/known-uri";
import { toJson, type Value } from "../../../pipelines/definition/values";

const input = stringParameter("Input", "ignored");
const answer = new LambdaStep("A", { functionArn: "f", outputs: ["answer"] }).output("answer");
const known = (uri: Value<string>, defaults: Record<string, string> = {}) =>
  knownS3Prefix(toJson(uri), new Map(Object.entries({ Input: "s3://b/batch/file.csv", ...defaults })));

test.each<[Value<string>, string | undefined]>([
  ["s3://b/k", "s3://b/k"],
  [s3Uri("s3://b/runs", executionId, "x"), "s3://b/runs/"],
  [input, "s3://b/batch/"],
  [new Join("", [input, "x"]), "s3://b/batch/"],
  [new Join("/", [new Join("/", ["s3://b/c", executionId]), "x"]), "s3://b/c/"],
  // As pipelines for AWS's SDK are often written: bucket and prefix stand by themselves.
  [new Join("/", ["s3:/", "b", "train", executionId]), "s3://b/train/"],
  [new Join("/", ["s3://b", "train"]), "s3://b/train"],
  [new Join("", ["s3://", answer]), undefined],
  [new Join("", ["s3://b-", executionId, "/x"]), undefined],
  [answer, undefined],
])("what is known of an S3 URI ends where a value of the run begins: %j", (uri, prefix) => {
  expect(known(uri)).toBe(prefix);
});

test("a bucket alone as default is the whole bucket", () => {
  expect(known(input, { Input: "s3://b" })).toBe("s3://b/");
});
