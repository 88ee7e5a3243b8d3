import { policiesOf, resourcesOf } from "../../../audit";
import { authorize } from "../../../emulator/authorization/authorize";
import { Standing } from "../../../emulator/authorization/standing";
import { changes } from "../../support/changed-estate";
import { stepsByName, type RenderedDefinition } from "../../support/model";
import { resources } from "../../support/synth";
import { changedStacks, stackOf } from "../../support/synthesised";

const { subnetIds, securityGroupIds } = changes["a network given"].files["prod.json"].network;
const vpc = { Subnets: subnetIds, SecurityGroupIds: securityGroupIds };
const stacks = changedStacks(changes["a network given"]);
const account = "222222222222";
const role = `arn:aws:iam::${account}:role/sagemaker-execution-role-mammo-severity`;

const steps = resources(stackOf(stacks, "prod-mammo-severity"), "aws_sagemaker_pipeline").flatMap(
  ({ pipeline_definition: text }) =>
    Object.values(stepsByName(JSON.parse(String(text)) as RenderedDefinition)),
);

const standing = new Standing();
const foundation = policiesOf(resourcesOf("prod-foundation", stackOf(stacks, "prod-foundation") as never));
standing.update({
  roles: Object.fromEntries(
    foundation.roles.map(({ arn, policies }) => [
      arn,
      { policies: policies.map(({ name, policy }) => [name, JSON.stringify(policy)]), boundary: null },
    ]),
  ) as never,
  guarded: [],
  gone: [],
});

test("every job and model is in the network, and transforms are where their model is", () => {
  const placed = steps.map(({ Type, Arguments }) => {
    const { VpcConfig, NetworkConfig } = Arguments as Record<string, { VpcConfig?: unknown } | undefined>;
    return [Type, VpcConfig ?? NetworkConfig?.VpcConfig];
  });
  const inside = ["Model", "Processing", "QualityCheck", "Training"];
  expect(new Set(placed.map(([type]) => type))).toEqual(
    new Set([...inside, "Condition", "Fail", "Lambda", "RegisterModel", "Transform"]),
  );
  expect(placed).toEqual(placed.map(([type]) => [type, inside.includes(String(type)) ? vpc : undefined]));
});

test("every function is in the network, and its role may be", () => {
  const functions = resources(stackOf(stacks, "prod-mammo-severity"), "aws_lambda_function");
  expect(functions.length).toBeGreaterThan(0);
  for (const { vpc_config: given, role: of } of functions) {
    expect(given).toEqual({ security_group_ids: securityGroupIds, subnet_ids: subnetIds });
    const policies = foundation.roles.find(({ arn }) => arn === of)?.policies ?? [];
    expect(policies.map(({ name }) => name)).toContain("network");
  }
});

const job = steps.find(({ Type }) => Type === "Training")?.Arguments ?? {};
const asked = async (VpcConfig: object | undefined) => {
  const caller = { role, session: `${role}/s`, account };
  const call = { service: "sagemaker", operation: "CreateTrainingJob", region: "us-east-1", caller };
  const request = { ...job, VpcConfig, TrainingJobName: "pipelines-any" };
  const known = JSON.parse(
    JSON.stringify(request).replaceAll(/\$\{[^}]*\}/g, `arn:aws:kms:us-east-1:${account}:key/0f`),
  ) as typeof request;
  return (await authorize({ ...call, headers: {}, further: [], parameters: known }, standing)).refusal;
};

test("the execution role starts jobs there, and nowhere else", async () => {
  const refused = expect.stringMatching(/CreateTrainingJob .* with an explicit deny$/) as string;
  expect(await asked(vpc)).toBeUndefined();
  expect(await asked({ ...vpc, Subnets: subnetIds.slice(1) })).toBeUndefined();
  expect(await asked(undefined)).toEqual(refused);
  expect(await asked({ ...vpc, Subnets: [...subnetIds, "subnet-0fffffffffffffff0"] })).toEqual(refused);
  expect(await asked({ ...vpc, SecurityGroupIds: ["sg-0fffffffffffffff0"] })).toEqual(refused);
});

test("Jenkins may see the network that it puts functions in", () => {
  const seen = foundation.roles
    .find(({ arn }) => arn.endsWith("/cross-account-jenkins-role"))
    ?.policies.find(({ name }) => name === "jenkins-manages-ec2");
  expect(seen?.policy.Statement.flatMap(({ Action }) => Action)).toEqual([
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcs",
  ]);
});
