import { policiesOf, resourcesOf } from "../../../audit";
import { matches } from "../../../audit/wildcards";
import { missingFrom } from "../../../deploy/plans/missing-statements";
import { subnetBlock } from "../../../modules/ec2/subnet-block";
import { kindOf, listStacks } from "../../../stacks/list";
import { changedEstate, changes } from "../../support/changed-estate";
import { billOfMaterials, only, resources, statementsOf } from "../../support/synth";
import { changedStacks, stackOf } from "../../support/synthesised";

const change = changes["a network asked for"];
const stacks = changedStacks(change);
const network = stackOf(stacks, "prod-network");
const foundation = stackOf(stacks, "prod-foundation");
const model = stackOf(stacks, "prod-mammo-severity");

interface Rule {
  readonly protocol: string;
  readonly from_port: number;
  readonly to_port: number;
  readonly self: boolean | null;
  readonly cidr_blocks: readonly string[] | null;
}

test("there is no way out of it: no gateway, no route, no address of the Internet in a rule", () => {
  expect(
    Object.keys(billOfMaterials(network)).filter((type) => /gateway|route$|nat|peering|transit/.test(type)),
  ).toEqual([]);
  expect(only(network, "aws_default_security_group")).toMatchObject({ ingress: [], egress: [] });
  const rules = resources(network, "aws_security_group").flatMap(({ ingress, egress }) => [
    ...(ingress as Rule[]),
    ...(egress as Rule[]),
  ]);
  expect(rules.flatMap(({ cidr_blocks: blocks }) => blocks ?? [])).toEqual(["10.0.0.0/20"]);
  const ports = rules.map(
    (rule) => `${rule.protocol} ${rule.to_port}${rule.self ? " among themselves" : ""}`,
  );
  const encrypted = ["udp 500 among themselves", "50 0 among themselves"];
  expect(ports).toEqual(["tcp 443", ...encrypted, ...encrypted, "tcp 443", "tcp 443"]);
});

test("subnets stand in two zones, each in a block that its letter gives", () => {
  const placed = resources(network, "aws_subnet").map(({ availability_zone: zone, cidr_block: block }) => [
    zone,
    block,
  ]);
  expect(placed).toEqual([
    ["us-east-1a", "10.0.0.0/23"],
    ["us-east-1b", "10.0.2.0/23"],
  ]);
  expect(["a", "c", "h"].map((zone) => subnetBlock("172.16.240.0/24", zone))).toEqual([
    "172.16.240.0/27",
    "172.16.240.64/27",
    "172.16.240.224/27",
  ]);
});

test("functions, jobs and roles have the ids that are looked up, and no text that stands for one is left", () => {
  expect(JSON.stringify(stacks)).not.toMatch(/(?:subnet|sg|vpc)-of-/);
  const subnet = /^\$\{try\(data\.aws_subnets\..*\.ids\[0\], data\.aws_subnet\..*\.id\)\}$/;
  const group = /^\$\{try\(data\.aws_security_groups\..*\.ids\[0\], data\.aws_security_group\..*\.id\)\}$/;
  const looked = (expression: RegExp) => expect.stringMatching(expression) as string;
  for (const { vpc_config: place } of resources(model, "aws_lambda_function"))
    expect(place).toEqual({
      subnet_ids: [looked(subnet), looked(subnet)],
      security_group_ids: [looked(group)],
    });
  expect(JSON.stringify(resources(foundation, "aws_iam_role_policy"))).toContain(
    ":subnet/${try(data.aws_subnets.",
  );
  expect(stackOf(stacks, "dev-foundation")).toEqual(stackOf(changedStacks({}), "dev-foundation"));
});

const services: Readonly<Record<string, string>> = {
  cloudwatch: "monitoring",
  logs: "logs",
  s3: "s3",
  sagemaker: "sagemaker.api",
};

const serviceOf = (action: string): string => action.replace(/:.*/, "");

test("endpoints let through all that roles of functions may do, and what jobs bring and write", () => {
  const endpoints = resources(network, "aws_vpc_endpoint").map(
    ({ service_name: name, policy }) =>
      [String(name).replace("com.amazonaws.us-east-1.", ""), statementsOf(policy)] as const,
  );
  expect(endpoints.map(([service]) => service).toSorted()).toEqual(Object.values(services).toSorted());
  const { roles } = policiesOf(resourcesOf("prod-foundation", foundation as never));
  const asked = roles
    .filter(({ arn }) => /role\/(?:sagemaker|lambda)-/.test(arn))
    .flatMap(({ arn, policies }) =>
      policies.flatMap(({ policy }) => policy.Statement.map((one) => ({ arn, ...one }))),
    )
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ arn, Action, Resource = [] }) =>
      Action.flatMap((action) => Resource.map((resource) => ({ arn, action, resource }))),
    )
    // Jobs are made, and executions described, by SageMaker's pipelines as the execution role: from outside.
    .filter(({ arn, action }) => !(arn.includes("execution-role") && action.startsWith("sagemaker:")))
    .filter(({ action }) => serviceOf(action) in services);
  const refused = asked.filter(({ action, resource }) => {
    const [, statements = []] = endpoints.find(([service]) => service === services[serviceOf(action)]) ?? [];
    return !statements.some(
      (one) =>
        one.Action.some((pattern) => matches(pattern, action)) &&
        one.Resource?.some((pattern) => matches(pattern, resource)),
    );
  });
  expect(asked.length).toBeGreaterThan(20);
  expect(refused).toEqual([]);
});

test("endpoints let only the account's own principals through", () => {
  for (const { policy } of resources(network, "aws_vpc_endpoint"))
    for (const { Condition } of statementsOf(policy))
      expect(Condition?.StringEquals).toMatchObject({ "aws:PrincipalAccount": "222222222222" });
});

test("the foundation waits for the network, and its policies satisfy the model's needs whatever ids AWS drew", () => {
  const { estate, models } = changedEstate(change);
  const listed = listStacks(estate, models);
  const needsOf = (id: string) =>
    listed.filter((stack) => stack.id === id).flatMap((stack) => kindOf(stack).needs(estate, stack));
  expect(needsOf("prod-foundation")).toEqual([
    { by: expect.objectContaining({ id: "prod-network" }) as object, applied: true },
  ]);
  const need = needsOf("prod-mammo-severity").find(
    (one) => "inlinePolicy" in one && one.inlinePolicy === "network",
  );
  const statements = need && "statements" in need ? need.statements : [];
  const drawn = (subnet: string): string =>
    JSON.stringify({ Statement: statements })
      .replaceAll(/subnet-of-[\w-]+/g, subnet)
      .replaceAll(/sg-of-[\w-]+/g, "sg-e441c24f7d9f27528");
  expect(missingFrom(drawn("subnet-193a6a7daf2c145a8"), statements)).toEqual([]);
  expect(missingFrom(drawn("network-interface-any"), statements)).toContain("ec2:CreateNetworkInterface");
});
