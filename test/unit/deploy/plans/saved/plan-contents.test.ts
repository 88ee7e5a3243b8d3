import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { planDifferences } from "../../../../../deploy/plans/saved/plan-contents";
import type { PlanFile } from "../../../../../deploy/terraform/plan-file";
import type { StateJson, StateResource } from "../../../../../deploy/terraform/state-json";
import { temporaryFolder } from "../../../../support/temporary-folder";

const resource = (name: string, id: string, more: Partial<StateResource> = {}): StateResource => ({
  mode: "managed",
  type: "aws_s3_bucket",
  name,
  provider: 'provider["registry.terraform.io/hashicorp/aws"]',
  instances: [{ attributes: { id } }],
  ...more,
});
const state = (...resources: StateResource[]): StateJson => ({ serial: 7, lineage: "line", resources });

const synthesised = JSON.stringify({
  resource: { aws_s3_bucket: { one: {} } },
  import: [{ to: "aws_s3_bucket.imported", id: "i" }],
  moved: [{ from: "aws_s3_bucket.old", to: "aws_s3_bucket.moved" }],
});
const config = {
  bucket: "states",
  key: "prod-x/terraform.tfstate",
  assume_role: { role_arn: "arn" },
  acl: null,
};

let directory: string;
beforeEach(() => {
  directory = temporaryFolder();
  mkdirSync(join(directory, ".terraform"));
  writeFileSync(join(directory, "cdk.tf.json"), synthesised);
  writeFileSync(
    join(directory, ".terraform/terraform.tfstate"),
    JSON.stringify({ version: 3, backend: { type: "s3", config, hash: 1 } }),
  );
});

const plan: PlanFile = {
  configuration: { "cdk.tf.json": synthesised },
  modules: [],
  destroyed: [],
  state: state(resource("one", "bucket-one")),
  backend: { type: "s3", config, workspace: "default" },
  variables: [],
  packed: new Uint8Array(),
};

const differences = (change: Partial<PlanFile>): string[] =>
  planDifferences(
    { ...plan, ...change },
    directory,
    state(resource("one", "bucket-one"), resource("two", "bucket-two")),
  );

const kept = (removed: object[]): Partial<PlanFile> => ({
  configuration: { ...plan.configuration, "kept.tf.json": JSON.stringify({ removed }) },
});
const stays = { from: "aws_s3_object.script_1A2B", lifecycle: { destroy: false } };

test("what is synthesised here, refreshed, is what is planned; what is gone from AWS is missing", () => {
  expect(differences({})).toEqual([]);
});

test("what leaves the state and stays on AWS may stand beside it, and nothing more", () => {
  expect(differences(kept([stays]))).toEqual([]);
  for (const removed of [
    { ...stays, lifecycle: { destroy: true } },
    { ...stays, provisioner: [{ "local-exec": { command: "id" } }] },
    { ...stays, from: "module.x" },
  ])
    expect(differences(kept([stays, removed]))).toContain(
      "the saved plan's kept.tf.json does more than to leave resources on AWS",
    );
});

test("what the code imports and moves comes to the state", () => {
  const arrived = [resource("imported", "i"), resource("moved", "m")];
  expect(differences({ state: state(resource("one", "bucket-one"), ...arrived) })).toEqual([]);
});

const evil = JSON.stringify({ resource: { terraform_data: { x: { provisioner: { "local-exec": {} } } } } });

test.each<[string, Partial<PlanFile>, readonly string[]]>([
  [
    "another configuration",
    { configuration: { "cdk.tf.json": `${synthesised} ` } },
    ["the saved plan was made of another cdk.tf.json than is synthesised"],
  ],
  [
    "no configuration",
    { configuration: {} },
    ["the saved plan was made of another cdk.tf.json than is synthesised"],
  ],
  [
    "one that runs a program",
    { configuration: { "cdk.tf.json": evil } },
    [
      "the saved plan's cdk.tf.json runs foreign code: terraform_data.x has a provisioner",
      "the saved plan was made of another cdk.tf.json than is synthesised",
    ],
  ],
  [
    "a file beside it",
    { configuration: { ...plan.configuration, "x_override.tf.json": "{}" } },
    ["the saved plan holds x_override.tf.json, which is not synthesised"],
  ],
  ["a module", { modules: ["evil"] }, ["the saved plan holds evil, and stacks have no modules"]],
  ["a variable", { variables: ["x"] }, ["the saved plan sets the variable x, and stacks have none"]],
  [
    "a state elsewhere",
    { backend: { ...plan.backend, config: { ...config, bucket: "attackers" } } },
    ["the saved plan keeps its state elsewhere than is synthesised"],
  ],
  [
    "another kind of backend",
    { backend: { ...plan.backend, type: "http" } },
    ["the saved plan keeps its state elsewhere than is synthesised"],
  ],
  [
    "another workspace",
    { backend: { ...plan.backend, workspace: "other" } },
    ["the saved plan keeps its state elsewhere than is synthesised"],
  ],
  [
    "another resource under an address of the state",
    { state: state(resource("one", "somebody-elses")) },
    ['the saved plan\'s state: aws_s3_bucket.one is "somebody-elses", now "bucket-one"'],
  ],
  [
    "a resource that the state has not",
    { state: state(resource("one", "bucket-one"), resource("more", "somebody-elses")) },
    ['the saved plan\'s state: aws_s3_bucket.more is "somebody-elses", now null'],
  ],
  [
    "a state with another provider",
    { state: state(resource("one", "bucket-one", { provider: 'provider["evil"]' })) },
    ['the saved plan\'s state: aws_s3_bucket.one is of provider["evil"]'],
  ],
])("%s is refused", (_, change, expected) => {
  expect(differences(change)).toEqual(expected);
});
