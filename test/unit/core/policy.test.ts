import { escapeTemplate } from "../../../modules/terraform/escape-template";
import { policyDocument, rolesOfAccount, serviceTrust } from "../../../core/policy";
import { defaultTags } from "../../../core/tags";

test("a policy document is rendered in IAM's own shape", () => {
  const text = policyDocument([
    { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::b/*"] },
  ]);
  expect(text).toBe(
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::b/*"]}]}',
  );
});

test("roles of an account are named by condition, so that they need not exist yet", () => {
  expect(
    rolesOfAccount({ account: "111111111111", region: "us-east-1" }, ["arn:aws:iam::111111111111:role/r"]),
  ).toEqual({
    Principal: { AWS: ["arn:aws:iam::111111111111:root"] },
    Condition: { ArnEquals: { "aws:PrincipalArn": ["arn:aws:iam::111111111111:role/r"] } },
  });
});

test("a service may assume a role for resources of the role's own account only", () => {
  expect(serviceTrust(["events.amazonaws.com"], "111111111111").Condition).toEqual({
    StringEquals: { "aws:SourceAccount": "111111111111" },
  });
});

test("tags of the user cannot replace the ones the stacks set", () => {
  const tags = defaultTags({
    project: "p",
    owner: "o",
    environment: "dev",
    stack: "dev-x",
    extra: { owner: "someone else", cost: "42" },
  });
  expect(tags).toEqual({
    project: "p",
    owner: "o",
    environment: "dev",
    stack: "dev-x",
    cost: "42",
    "managed-by": "terraform",
  });
});

test("text meant for AWS is not read as a Terraform template", () => {
  expect(escapeTemplate("${a} %{b} $.c <d>")).toBe("$${a} %%{b} $.c <d>");
});
