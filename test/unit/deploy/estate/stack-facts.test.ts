import { stackFacts } from "../../../../deploy/estate/stack-facts";
import { roleArn } from "../../../../core/arns";
import { models } from "../../../../pipelines";
import { listStacks } from "../../../../stacks/list";
import { readEstate } from "../../../support/estate";
import { synthesisedStacks, stackOf } from "../../../support/synthesised";

const estate = readEstate();
const facts = listStacks(estate, models).map((stack) => stackFacts(estate, stack));

test("a stack's account, region and role are those of its synthesised provider", () => {
  const stacks = synthesisedStacks(estate);
  expect(facts.map(({ id }) => id).toSorted()).toEqual(Object.keys(stacks).toSorted());
  for (const { id, account, region, role } of facts)
    expect(stackOf(stacks, id).provider.aws[0]).toMatchObject({
      region,
      allowed_account_ids: [account],
      assume_role: [{ role_arn: roleArn({ account, region }, role) }],
    });
});

test("Jenkins applies the model stacks of workloads that name its account, and nothing else", () => {
  const jenkins = facts.filter(({ appliedBy }) => appliedBy === "ci");
  expect(jenkins.map(({ id }) => id)).toEqual(["prod-mammo-severity"]);
});

test.each([
  ["registry", ["artifacts bucket mlops-sagemaker-artifacts-333333333333", "model package groups"]],
  ["dev-state", ["state bucket mlops-dev-terraform-state-111111111111"]],
  ["jenkins", ["role jenkins-server-role", "deploys to prod"]],
  ["dev-mammo-severity", ["train and inference pipelines", "failure alerts"]],
  ["prod-mammo-severity", ["inference at cron(0 23 * * ? *)", "drift-retraining"]],
  [
    "prod-foundation",
    ["roles sagemaker-execution-role-*, lambda-sagemaker-role-*, cross-account-jenkins-role"],
  ],
  ["dev-foundation", ["roles sagemaker-execution-role-*, lambda-sagemaker-role-*"]],
])("of %s is said what it holds", (id, holdings) => {
  expect(facts.find((stack) => stack.id === id)?.holds).toEqual(expect.arrayContaining(holdings));
});
