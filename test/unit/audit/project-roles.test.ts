import type { Cell } from "../../../audit";
import { broken, cell, prod } from "../../support/access-rules";

const launch = "prod/mlops-prod-project-launch";
const policy = (name: string) => ({ "iam:PermissionsBoundary": `arn:aws:iam::222222222222:policy/${name}` });
const ofProject = cell({
  action: "iam:CreateRole",
  account: prod,
  resource: "arn:aws:iam::222222222222:role/mlops-prod-p-any-ci",
  when: policy("mlops-prod-project-boundary"),
  allowed: [launch],
});
const breaches = (given: Partial<Cell>) => broken("No role changes", { cells: [{ ...ofProject, ...given }] });

test.each<[what: string, given: Partial<Cell>]>([
  ["makes roles of projects", {}],
  ["changes their policies", { action: "iam:PutRolePolicy" }],
  ["deletes them", { action: "iam:DeleteRole", when: {} }],
  [
    "takes a group back",
    {
      action: "sagemaker:DeleteModelPackageGroup",
      when: {},
      resource: "arn:aws:sagemaker:us-east-1:222222222222:model-package-group/any-p-any",
    },
  ],
])("the launch role %s", (_, given) => {
  expect(breaches(given)).toEqual([]);
});

test.each<[what: string, given: Partial<Cell>]>([
  ["one without a boundary", { when: {} }],
  ["one of another boundary", { when: policy("Another") }],
  ["one that is no project's", { resource: "arn:aws:iam::222222222222:role/mlops-prod-other" }],
  ["a managed policy", { action: "iam:AttachRolePolicy", when: {} }],
  ["its boundary taken away", { action: "iam:DeleteRolePermissionsBoundary" }],
  ["one by another role", { allowed: ["prod/mlops-prod-seed-repository"] }],
  [
    "a group of the registry's models",
    {
      action: "sagemaker:DeleteModelPackageGroup",
      when: {},
      resource: "arn:aws:sagemaker:us-east-1:222222222222:model-package-group/mammo-severity",
    },
  ],
])("%s breaks the rule", (_, given) => {
  expect(breaches(given)).toHaveLength(1);
});
