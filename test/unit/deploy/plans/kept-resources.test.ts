import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keepResources, keptOf } from "../../../../deploy/plans/kept-resources";
import { hashSynthesised } from "../../../../deploy/synthesis/hashes";
import { temporaryFolder } from "../../../support/temporary-folder";

const resource = (type: string, name: string) => ({ mode: "managed" as const, type, name, instances: [{}] });
const state = {
  resources: [
    resource("aws_s3_object", "new"),
    resource("aws_s3_object", "old"),
    resource("aws_s3_object", "forgotten"),
    resource("aws_sqs_queue", "queue"),
    resource("aws_iam_role", "role"),
  ],
};
let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
  const code = { resource: { aws_s3_object: { new: {} } }, removed: [{ from: "aws_s3_object.forgotten" }] };
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(code));
});

test("files that pipelines ran stay on AWS, and whatever else is named", () => {
  expect(keptOf({ kind: "model" }, state, folder, [])).toEqual(["aws_s3_object.old"]);
  expect(keptOf({ kind: "model" }, state, folder, ["aws_sqs_queue.queue"])).toEqual([
    "aws_s3_object.old",
    "aws_sqs_queue.queue",
  ]);
});

test("what the code has cannot be kept from it", () => {
  expect(keptOf({ kind: "model" }, state, folder, ["aws_s3_object.new"])).toEqual(["aws_s3_object.old"]);
});

test("a removed stack's files go with its pipelines", () => {
  expect(keptOf({ kind: "removed" }, state, folder, [])).toEqual([]);
});

test("Terraform is told for one plan, whose synthesised files are the same", () => {
  const before = hashSynthesised(folder);
  keepResources(folder, ["aws_s3_object.old"]);
  const text = readFileSync(join(folder, "kept.tf.json"), "utf8");
  expect(JSON.parse(text)).toEqual({
    removed: [{ from: "aws_s3_object.old", lifecycle: { destroy: false } }],
  });
  expect(hashSynthesised(folder)).toBe(before);
  keepResources(folder, []);
  expect(existsSync(join(folder, "kept.tf.json"))).toBe(false);
});
