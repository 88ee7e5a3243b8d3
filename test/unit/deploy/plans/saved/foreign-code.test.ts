import { foreignCodeIn } from "../../../../../deploy/plans/saved/foreign-code";

const aws = { source: "aws", version: "5.100.0" };
const own = {
  terraform: { required_providers: { aws }, backend: { s3: {} } },
  provider: { aws: [{ region: "us-east-1" }] },
  data: { aws_kms_alias: { alias: {} } },
  resource: { aws_s3_bucket: { one: {} }, terraform_data: { marker: {} } },
  import: [{ to: "aws_s3_bucket.one", id: "one" }],
};

const found = (more: object): string[] => foreignCodeIn(JSON.stringify({ ...own, ...more }));

test("what is AWS's, and a value that Terraform itself keeps, is nobody else's", () => {
  expect(found({})).toEqual([]);
});

const run = { "local-exec": { command: "id" } };

test.each<[string, object, string]>([
  [
    "a provisioner",
    { resource: { aws_s3_bucket: { one: { provisioner: run } } } },
    "aws_s3_bucket.one has a provisioner",
  ],
  [
    "one in a list of blocks of the same name",
    { resource: [{ terraform_data: [{ x: [{}, { provisioner: [run] }] }] }] },
    "terraform_data.x has a provisioner",
  ],
  [
    "a connection",
    { resource: { aws_s3_bucket: { one: { connection: {} } } } },
    "aws_s3_bucket.one has a provisioner",
  ],
  [
    "one that runs when a resource leaves the state",
    { removed: [{ from: "aws_s3_bucket.one", provisioner: [run] }] },
    "the removal of aws_s3_bucket.one has a provisioner",
  ],
  [
    "a program that is asked",
    { data: { external: { x: { program: ["id"] } } } },
    "data.external.x is not AWS's",
  ],
  ["a server that is asked", { data: { http: { x: { url: "http://a" } } } }, "data.http.x is not AWS's"],
  [
    "another state",
    { data: { terraform_remote_state: { x: {} } } },
    "data.terraform_remote_state.x is not AWS's",
  ],
  ["another provider's resource", { resource: { null_resource: { x: {} } } }, "null_resource.x is not AWS's"],
  ["a module", { module: { x: { source: "git::https://a" } } }, "module.x is a module"],
  ["another provider", { provider: { evil: [{}] } }, "the provider evil is not AWS's"],
  [
    "another provider under AWS's name",
    { terraform: { required_providers: { aws: { source: "localhost:8443/evil/aws" } } } },
    "it requires the provider localhost:8443/evil/aws",
  ],
  [
    "another provider that is only required",
    { terraform: [{ required_providers: [{ aws, evil: "1.0.0" }] }] },
    "it requires the provider evil",
  ],
])("%s is named", (_, more, clause) => {
  expect(found(more)).toEqual([clause]);
});

test.each(["resource {}", "[]", "null", '"text"'])("%s is no configuration that is understood", (text) => {
  expect(foreignCodeIn(text)).toEqual(["it is not JSON"]);
});
