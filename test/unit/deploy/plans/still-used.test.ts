import { destroyedBy, usedOf } from "../../../../deploy/plans/still-used";
import type { PlanFile } from "../../../../deploy/terraform/plan-file";
import type { StateResource } from "../../../../deploy/terraform/state-json";

const arn = (name: string): string => `arn:aws:iam::222222222222:role/${name}`;

const resource = (type: string, name: string, attributes: object = {}): StateResource => ({
  mode: "managed",
  type,
  name,
  instances: [{ attributes: attributes as Readonly<Record<string, unknown>> }],
});
const role = (name: string): StateResource => resource("aws_iam_role", name, { arn: arn(name) });

const planned = (resources: StateResource[], configuration: Record<string, object>): PlanFile =>
  ({
    state: { serial: 1, lineage: "a", resources },
    configuration: Object.fromEntries(
      Object.entries(configuration).map(([file, content]) => [file, JSON.stringify(content)]),
    ),
  }) as unknown as PlanFile;

test("a plan destroys what its files do not have, but for what they leave on AWS", () => {
  const read = { ...role("read"), mode: "data" as const };
  const plan = planned([role("stays"), role("goes"), role("is-left"), read], {
    "cdk.tf.json": { resource: { aws_iam_role: { stays: {} } } },
    "kept.tf.json": { removed: [{ from: "aws_iam_role.is-left", lifecycle: { destroy: false } }] },
  });
  expect(destroyedBy(plan).map(({ name }) => name)).toEqual(["goes"]);
});

test.each([
  ["as the role of an endpoint's model", { execution_role_arn: arn("serves") }],
  ["within a definition", { pipeline_definition: JSON.stringify({ RoleArn: arn("serves") }) }],
  ["of an object in a bucket", { uri: `${arn("serves")}/key` }],
])("what is destroyed is used where its ARN is said %s", (_, attributes) => {
  const resources = [resource("aws_sagemaker_model", "any", attributes)];
  expect(usedOf([role("serves"), role("other")], { resources })).toEqual(["aws_iam_role.serves"]);
});

test("nothing is used by a name that goes on, by what was read only, or by what has no ARN", () => {
  const resources = [
    resource("aws_sagemaker_model", "any", { execution_role_arn: arn("serves-another") }),
    { ...resource("aws_iam_role", "read", { arn: arn("serves") }), mode: "data" as const },
  ];
  expect(usedOf([role("serves"), resource("aws_iam_role_policy", "x")], { resources })).toEqual([]);
});
