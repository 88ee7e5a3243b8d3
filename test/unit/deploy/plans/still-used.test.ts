import { destroyedBy, usedOf } from "../../../../deploy/plans/still-used";
import type { StateResource } from "../../../../deploy/terraform/state-json";

const arn = (name: string): string => `arn:aws:iam::222222222222:role/${name}`;

const resource = (type: string, name: string, attributes: object = {}): StateResource => ({
  mode: "managed",
  type,
  name,
  instances: [{ attributes: attributes as Readonly<Record<string, unknown>> }],
});
const role = (name: string): StateResource => resource("aws_iam_role", name, { arn: arn(name) });

test("a plan destroys what it says, also to make it anew, and nothing that was only read", () => {
  const read = { ...role("read"), mode: "data" as const };
  const state = { serial: 1, lineage: "a", resources: [role("stays"), role("goes"), read] };
  const destroyed = ["aws_iam_role.goes", "aws_iam_role.read", "aws_iam_role.unknown"];
  expect(destroyedBy({ state, destroyed }).map(({ name }) => name)).toEqual(["goes"]);
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

const bucket = resource("aws_s3_bucket", "data", { arn: "arn:aws:s3:::mlops-data", bucket: "mlops-data" });

test.each([
  ["an argument", { bucket: "mlops-data" }],
  ["the bucket of a URI", { artifacts: "s3://mlops-data/models" }],
  ["a word of a definition", { definition: JSON.stringify({ Bucket: "mlops-data" }) }],
])("what is destroyed is used where its name is %s", (_, attributes) => {
  const resources = [resource("aws_sagemaker_pipeline", "any", attributes)];
  expect(usedOf([bucket], { resources })).toEqual(["aws_s3_bucket.data"]);
});

test("what is only a part of another's name, a key or an address is no use of it, nor is what a part of it is called by", () => {
  const said = {
    ...{ bucket: "mlops-data-2", other: "old-mlops-data", uri: "s3://mlops/mlops-data" },
    arn: "arn:aws:sns:us-east-1:222222222222:mlops-data",
  };
  const resources = [resource("aws_s3_object", "mlops-data", said)];
  expect(usedOf([bucket], { resources })).toEqual([]);
  const policy = resource("aws_s3_bucket_policy", "any", { bucket: "mlops-data-2" });
  expect(usedOf([policy], { resources })).toEqual([]);
});
