import { join } from "node:path";
import { readEstate } from "../../support/estate";
import { repository } from "../../../tools/paths";
import { only, resources, statementsOf, type Statement } from "../../support/synth";
import { stackOf, synthesisedStacks } from "../../support/synthesised";

const stacks = synthesisedStacks(readEstate(join(repository, "test/fixtures/shipped-estate")));

test("an account that serves and does not train has its foundation and its endpoint, and no pipelines", () => {
  const ids = Object.keys(stacks).filter((id) => id.startsWith("staging"));
  expect(ids.toSorted()).toEqual(["staging-foundation", "staging-mammo-severity-endpoint", "staging-state"]);
});

test("no policy has a statement about nothing, which IAM refuses: where nothing trains, Jenkins' neither", () => {
  const empty = Object.entries(stacks).flatMap(([id, stack]) =>
    ["aws_iam_policy", "aws_iam_role_policy"].flatMap((type) =>
      resources(stack, type).flatMap(({ name, policy }) =>
        statementsOf(policy)
          .filter(({ Resource }) => [Resource].flat().length === 0)
          .map(({ Sid }) => `${id}: ${String(name)}: ${Sid ?? ""}`),
      ),
    ),
  );
  expect(empty).toEqual([]);
});

test("an account that only serves reads what is promoted to it, and writes and registers nothing", () => {
  const registry = stackOf(stacks, "registry");
  const ofStaging = (policy: unknown): Statement[] =>
    statementsOf(policy).filter(
      ({ Effect, Principal }) => Effect === "Allow" && JSON.stringify(Principal).includes("555555555555"),
    );
  const role = (name: string) => `arn:aws:iam::555555555555:role/${name}`;
  const artifacts = "arn:aws:s3:::mlops-sagemaker-artifacts-333333333333";
  expect(ofStaging(only(registry, "aws_s3_bucket_policy").policy)).toEqual([
    {
      Sid: "ArtifactsForStaging",
      Effect: "Allow",
      Principal: { AWS: ["arn:aws:iam::555555555555:root"] },
      Condition: { ArnEquals: { "aws:PrincipalArn": [role("sagemaker-execution-role-*")] } },
      Action: ["s3:GetObject", "s3:GetObjectVersion"],
      Resource: ["staging/*/versions/*", "dev/*/versions/*", "*/models/*", "*/baselines/*"].map(
        (prefix) => `${artifacts}/${prefix}`,
      ),
    },
  ]);
  const group = only(registry, "aws_sagemaker_model_package_group_policy").resource_policy;
  expect(
    ofStaging(group).map(({ Sid, Action, Condition }) => [
      Sid,
      Action,
      Condition?.ArnEquals?.["aws:PrincipalArn"],
    ]),
  ).toEqual([
    ["GroupOf555555555555", ["sagemaker:DescribeModelPackageGroup"], [role("cross-account-jenkins-role")]],
    [
      "ReadVersions555555555555",
      ["sagemaker:DescribeModelPackage", "sagemaker:ListModelPackages"],
      [role("cross-account-jenkins-role")],
    ],
  ]);
});
