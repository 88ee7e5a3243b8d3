import { describeDiagnostic, parseMessage } from "../../../../deploy/terraform/messages";

test("a line of Terraform's JSON output that we act on is a message", () => {
  const line =
    '{"@level":"info","type":"planned_change","change":{"resource":{"addr":"aws_kms_key.k"},"action":"create"}}';
  expect(parseMessage(line)).toMatchObject({
    type: "planned_change",
    change: { action: "create", resource: { addr: "aws_kms_key.k" } },
  });
});

test.each(["", "Initializing the backend...", '{"type":"version","terraform":"1.11.4"}'])(
  "a line of no interest is none: %s",
  (line) => {
    expect(parseMessage(line)).toBeUndefined();
  },
);

test("a diagnostic says where, what and why", () => {
  expect(
    describeDiagnostic({
      severity: "error",
      summary: "AccessDenied",
      detail: "no",
      address: "aws_s3_bucket.b",
    }),
  ).toBe("aws_s3_bucket.b: AccessDenied\nno");
});
