import { differences, reasonsFor } from "../../../../deploy/affected/differences";
import type { StackFiles } from "../../../../deploy/affected/stack-files";

const stack = (pipeline: object, more: object = {}, assets: StackFiles["assets"] = {}): StackFiles => ({
  configuration: {
    "//": { metadata: { version: "0.21.0" } },
    provider: { aws: [{ region: "us-east-1" }] },
    terraform: { backend: { s3: { key: "a" } } },
    resource: { aws_sagemaker_pipeline: { train: { "//": { path: "a/train" }, ...pipeline } } },
    ...more,
  },
  assets,
});

const before = stack(
  { pipeline_definition: "{}", role_arn: "r" },
  {},
  { "script/a.py": "1", "script/b.py": "2" },
);

describe("a stack is not affected", () => {
  test("by nothing", () => {
    expect(reasonsFor(before, before)).toEqual([]);
  });

  test("by cdktf's comments and the order of keys", () => {
    const same = stack({ role_arn: "r", pipeline_definition: "{}" }, { "//": "other" }, before.assets);
    expect(reasonsFor(before, same)).toEqual([]);
  });
});

describe("a stack is affected, and says so,", () => {
  test.each<[string, StackFiles, string[]]>([
    [
      "by a changed attribute",
      stack({ pipeline_definition: "{}", role_arn: "s" }, {}, before.assets),
      ["aws_sagemaker_pipeline.train changed: role_arn"],
    ],
    [
      "by an added and a removed resource",
      stack({}, { resource: { aws_sqs_queue: { dead: {} } } }, before.assets),
      ["aws_sagemaker_pipeline.train removed", "aws_sqs_queue.dead added"],
    ],
    [
      "by its provider and its state's place",
      stack(
        { pipeline_definition: "{}", role_arn: "r" },
        { provider: { aws: [{ region: "eu-west-1" }] }, terraform: { backend: { s3: { key: "b" } } } },
        before.assets,
      ),
      ["provider.aws changed", "terraform.backend changed: s3"],
    ],
    [
      "by an import block",
      stack({ pipeline_definition: "{}", role_arn: "r" }, { import: [{ to: "x", id: "y" }] }, before.assets),
      ["import added"],
    ],
    [
      "by a data source",
      stack(
        { pipeline_definition: "{}", role_arn: "r" },
        { data: { aws_caller_identity: { me: {} } } },
        before.assets,
      ),
      ["data.aws_caller_identity.me added"],
    ],
    [
      "by its assets",
      stack({ pipeline_definition: "{}", role_arn: "r" }, {}, { "script/a.py": "3", "script/c.py": "4" }),
      ["script/a.py changed", "script/b.py removed", "script/c.py added"],
    ],
  ])("%s", (_, after, reasons) => {
    expect(reasonsFor(before, after)).toEqual(reasons);
  });
});

test("new stacks are in, old ones are listed apart, and others are left out", () => {
  expect(differences({ gone: before, same: before }, { same: before, fresh: before })).toEqual({
    stacks: [{ id: "fresh", reasons: ["the stack is new"] }],
    removed: ["gone"],
  });
});
