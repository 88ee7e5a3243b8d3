import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readNeeds, reasonFor, unneededGrants } from "../../../audit";
import type { Policies } from "../../../audit/policies";

const role = "arn:aws:iam::111111111111:role/worker";
const policies: Policies = {
  roles: [
    {
      arn: role,
      where: { account: "111111111111", region: "us-east-1" },
      policies: [
        {
          name: "own",
          policy: {
            Statement: [
              {
                Effect: "Allow",
                Action: ["s3:Get*", "s3:PutObject"],
                Resource: ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"],
              },
              { Effect: "Allow", Action: ["ecr:BatchGetImage"], Resource: ["*"] },
              { Effect: "Deny", Action: ["s3:DeleteObject"], Resource: ["*"] },
            ],
          },
        },
      ],
    },
  ],
  guarded: [],
};

test("what a role is granted and did not need is told by action and resource, with its reason", () => {
  const needs = [
    { role, action: "s3:GetObject", resource: "arn:aws:s3:::a/k" },
    { role, action: "s3:PutObject", resource: "arn:aws:s3:::a/k" },
    { role, action: "s3:PutObject", resource: "arn:aws:s3:::b/k" },
    { role: `${role}-2`, action: "s3:GetObject", resource: "arn:aws:s3:::b/k" },
  ];
  const grants = unneededGrants(policies, needs);
  expect(grants).toEqual([
    { role, policy: "own", action: "s3:Get*", resources: ["arn:aws:s3:::b/*"] },
    { role, policy: "own", action: "ecr:BatchGetImage", resources: ["*"] },
  ]);
  expect(grants.map(reasonFor)).toEqual([undefined, expect.stringContaining("pulls a job's image")]);
});

test("a file that is something else is refused with its line", () => {
  const file = join(mkdtempSync(join(tmpdir(), "needs-")), "needs.jsonl");
  writeFileSync(file, `${JSON.stringify({ role, action: "a:b", resource: "*" })}\n{"role":1}\n`);
  expect(() => readNeeds(file)).toThrow(`${file}:2 is no need that local AWS wrote down`);
});
