import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { complaintsOf, type Finding } from "../../../../tools/checkov/findings";
import { copyForCheckov } from "../../../../tools/checkov/stacks";

const finding = (check_id: string): Finding => ({
  check_id,
  check_name: "Ensure that all is well",
  resource: "aws_s3_bucket.data",
  file_path: "/prod-foundation/cdk.tf.json",
});

const report = (failed: readonly Finding[], unread: readonly string[] = [], passed = 1) => ({
  summary: { passed, failed: failed.length, parsing_errors: unread.length },
  results: { failed_checks: failed, parsing_errors: unread },
});

test("what fails is told by place and rule, unless it is accepted for a reason", () => {
  expect(complaintsOf(report([finding("CKV_AWS_144"), finding("CKV_AWS_19")]))).toEqual([
    "/prod-foundation/cdk.tf.json: aws_s3_bucket.data: CKV_AWS_19: Ensure that all is well",
  ]);
});

test("a stack that cannot be read, and a run that checks nothing, are no success", () => {
  expect(complaintsOf(report([], ["/dev-state/cdk.tf.json"]))).toEqual([
    "/dev-state/cdk.tf.json: checkov cannot read it",
  ]);
  expect(complaintsOf(report([], [], 0))).toEqual(["checkov checked nothing"]);
});

test("a copy keeps all that makes resources, and leaves out what checkov cannot read", () => {
  const folder = mkdtempSync(join(tmpdir(), "checkov-"));
  mkdirSync(join(folder, "stacks/dev-state"), { recursive: true });
  const stack = {
    resource: { aws_s3_bucket: {} },
    import: [{ id: "b", to: "aws_s3_bucket.b" }],
    removed: [],
  };
  writeFileSync(join(folder, "stacks/dev-state/cdk.tf.json"), JSON.stringify(stack));
  copyForCheckov(join(folder, "stacks"), join(folder, "copies"));
  const copy = readFileSync(join(folder, "copies/dev-state/cdk.tf.json"), "utf8");
  expect(JSON.parse(copy)).toEqual({ resource: { aws_s3_bucket: {} } });
});
