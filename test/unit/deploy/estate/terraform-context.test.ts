import { describeMessage } from "../../../../deploy/estate/terraform-context";
import type { Message } from "../../../../deploy/terraform/messages";

const hook = { resource: { addr: "aws_s3_bucket.b" }, action: "create" };

test.each<[Message, string | undefined]>([
  [{ type: "apply_start", hook }, "create aws_s3_bucket.b"],
  [{ type: "apply_complete", hook }, "created aws_s3_bucket.b"],
  [{ type: "apply_complete", hook: { ...hook, action: "delete" } }, "destroyed aws_s3_bucket.b"],
  [{ type: "apply_progress", hook: { ...hook, elapsed_seconds: 50 } }, undefined],
  [
    { type: "apply_progress", hook: { ...hook, elapsed_seconds: 120 } },
    "create aws_s3_bucket.b: under way for 2 min",
  ],
  [{ type: "diagnostic", diagnostic: { severity: "error", summary: "no" } }, undefined],
])("progress in a few words: %j", (message, line) => {
  expect(describeMessage(message)).toBe(line);
});
