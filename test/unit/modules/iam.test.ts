import { passRolesStatements } from "../../../modules/iam/pass-role-statements";
import { packageGroupStatements } from "../../../modules/iam/registry-statements";
import { Role } from "../../../modules/iam/role";
import { serviceTrust, type IdentityStatement } from "../../../core/policy";
import { billOfMaterials, only, synthesise } from "../../support/synth";

const read: IdentityStatement = { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::b/*"] };
const trust = [serviceTrust(["sagemaker.amazonaws.com"], "111111111111")];

test("a role has the inline and managed policies it is given", () => {
  const stack = synthesise((scope) => {
    new Role(scope, "role", {
      roleName: "r",
      description: "Test",
      trust,
      inlinePolicies: { "read-b": [read] },
      managedPolicies: { "read-more": [read] },
    });
  });
  expect(billOfMaterials(stack)).toEqual({
    aws_iam_policy: 1,
    aws_iam_role: 1,
    aws_iam_role_policy: 1,
    aws_iam_role_policy_attachment: 1,
  });
  expect(only(stack, "aws_iam_role_policy").name).toBe("read-b");
});

test("a managed policy that AWS would refuse for its size is refused by name", () => {
  const many = Array.from({ length: 100 }, () => read);
  const build = () =>
    synthesise((scope) => {
      new Role(scope, "role", { roleName: "r", description: "Test", trust, managedPolicies: { big: many } });
    });
  expect(build).toThrow(/^policy big must be at most 6144 characters, got: \d+$/);
});

test("inline policies that AWS would refuse for their size together are refused by role", () => {
  const half = Array.from({ length: 70 }, () => read);
  const build = () =>
    synthesise((scope) => {
      new Role(scope, "role", {
        roleName: "r",
        description: "T",
        trust,
        inlinePolicies: { a: half, b: half },
      });
    });
  expect(build).toThrow(/^inline policies of role r must be at most 10240 characters, got: \d+$/);
});

test("a package group is shared with writers and, for looking up only, with readers", () => {
  const statements = packageGroupStatements({ account: "333333333333", region: "us-east-1" }, "g", [
    {
      accountRegion: { account: "111111111111", region: "us-east-1" },
      writers: ["arn:w"],
      readers: ["arn:r"],
      onlookers: ["arn:o"],
    },
  ]);
  expect(statements.map(({ Action, Resource, Condition }) => ({ Action, Resource, Condition }))).toEqual([
    {
      Action: ["sagemaker:DescribeModelPackageGroup"],
      Resource: ["arn:aws:sagemaker:us-east-1:333333333333:model-package-group/g"],
      Condition: { ArnEquals: { "aws:PrincipalArn": ["arn:w", "arn:r", "arn:o"] } },
    },
    {
      Action: [
        "sagemaker:DescribeModelPackage",
        "sagemaker:ListModelPackages",
        "sagemaker:CreateModelPackage",
      ],
      Resource: [
        "arn:aws:sagemaker:us-east-1:333333333333:model-package-group/g",
        "arn:aws:sagemaker:us-east-1:333333333333:model-package/g/*",
      ],
      Condition: { ArnEquals: { "aws:PrincipalArn": ["arn:w"] } },
    },
    {
      Action: ["sagemaker:DescribeModelPackage", "sagemaker:ListModelPackages"],
      Resource: ["arn:aws:sagemaker:us-east-1:333333333333:model-package/g/*"],
      Condition: { ArnEquals: { "aws:PrincipalArn": ["arn:r"] } },
    },
    {
      Action: ["sagemaker:CreateModelPackage", "sagemaker:UpdateModelPackage"],
      Resource: [
        "arn:aws:sagemaker:us-east-1:333333333333:model-package-group/g",
        "arn:aws:sagemaker:us-east-1:333333333333:model-package/g/*",
      ],
      Condition: { StringNotEquals: { "sagemaker:ModelApprovalStatus": "PendingManualApproval" } },
    },
  ]);
});

test("Jenkins may pass roles, each only to the services that use it", () => {
  const role = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
  const statements = passRolesStatements([
    { roleArn: role("exec"), to: ["sagemaker.amazonaws.com", "events.amazonaws.com"] },
    { roleArn: role("lambda"), to: ["lambda.amazonaws.com"] },
    { roleArn: role("retraining"), to: ["lambda.amazonaws.com"] },
    { roleArn: role("lambda"), to: ["lambda.amazonaws.com"] },
  ]);
  expect(statements.map(({ Sid }) => Sid)).toEqual(["PassToSagemakerAndEvents", "PassToLambda"]);
  expect(statements.map(({ Resource, Condition }) => [Resource, Condition?.StringEquals])).toEqual([
    [
      ["arn:aws:iam::222222222222:role/exec"],
      { "iam:PassedToService": ["sagemaker.amazonaws.com", "events.amazonaws.com"] },
    ],
    [
      ["arn:aws:iam::222222222222:role/lambda", "arn:aws:iam::222222222222:role/retraining"],
      { "iam:PassedToService": ["lambda.amazonaws.com"] },
    ],
  ]);
});
