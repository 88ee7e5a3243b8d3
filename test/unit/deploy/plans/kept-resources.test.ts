import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keepResources, keptOf, notKept } from "../../../../deploy/plans/kept-resources";
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
const model = { id: "prod-model", kind: "model" };
let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
  const code = { resource: { aws_s3_object: { new: {} } }, removed: [{ from: "aws_s3_object.forgotten" }] };
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(code));
});

test("files that pipelines ran stay on AWS, and whatever else is named", () => {
  expect(keptOf(model, state, folder, [])).toEqual(["aws_s3_object.old"]);
  expect(keptOf(model, state, folder, ["aws_sqs_queue.queue"])).toEqual([
    "aws_s3_object.old",
    "aws_sqs_queue.queue",
  ]);
});

test("of one stack, where it is named with it", () => {
  const queue = "aws_sqs_queue.queue";
  expect(keptOf(model, state, folder, [`prod-model/${queue}`])).toContain(queue);
  expect(keptOf(model, state, folder, [`dev-model/${queue}`])).not.toContain(queue);
});

test("what is to be kept, and nothing lets go, is a mistake", () => {
  const stacks = [{ id: "prod-model", kept: ["aws_s3_object.old"] }];
  const wrong = ["aws_s3_object.odl", "dev-model/aws_s3_object.old", ""];
  const right = ["aws_s3_object.old", "prod-model/aws_s3_object.old"];
  expect(notKept([...right, ...wrong], stacks)).toEqual(wrong);
});

test("what the code has cannot be kept from it", () => {
  expect(keptOf(model, state, folder, ["aws_s3_object.new"])).toEqual(["aws_s3_object.old"]);
});

test("files of another kind of stack, which no pipeline runs, go with the code", () => {
  expect(keptOf({ ...model, kind: "project-templates" }, state, folder, [])).toEqual([]);
});

test("a removed stack's files go with its pipelines", () => {
  expect(keptOf({ ...model, kind: "removed" }, state, folder, [])).toEqual([]);
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
