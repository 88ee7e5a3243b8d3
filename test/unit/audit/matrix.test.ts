import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  accessMatrix,
  breachesOf,
  changesOf,
  markdownOf,
  policiesOf,
  resourcesOf,
  type AccessMatrix,
  type Resource,
} from "../../../audit";
import { dangers } from "../../../audit/dangerous";
import { physicalNames } from "../../../core/physical-names";
import { changedEstate, changes } from "../../support/changed-estate";
import { estateWithRoles } from "../../support/environments";
import { readEstate, repository } from "../../support/estate";
import { changedStacks, synthesisedStacks } from "../../support/synthesised";

const estate = readEstate(estateWithRoles);
let resources: readonly Resource[];
let matrix: AccessMatrix;

beforeAll(async () => {
  const stacks = Object.entries(synthesisedStacks(estate)).toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  resources = stacks.flatMap(([id, stack]) => resourcesOf(id, stack as never));
  matrix = await accessMatrix(estate, resources);
});

const may = (action: string, resource: RegExp, when: Readonly<Record<string, string>> = {}): string[] =>
  matrix.cells
    .filter(
      (cell) =>
        cell.action === action &&
        resource.test(cell.resource) &&
        Object.entries(when).every(([key, value]) => cell.when[key] === value),
    )
    .flatMap(({ allowed }) => allowed);

test("docs/access-matrix.md is what is; npx mlops access --environments test/fixtures/estate-with-roles --out docs/access-matrix.md writes it anew", () => {
  const reviewed = readFileSync(join(repository, "docs/access-matrix.md"), "utf8");
  expect(changesOf(reviewed, markdownOf(matrix, estate))).toEqual([]);
});

test("every rule holds in the tests' estate", () => {
  expect(breachesOf(matrix, estate)).toEqual([]);
});

test("every type of resource with a policy of its own is asked about", () => {
  const guarded = ["aws_s3_bucket", "aws_kms_key", "aws_sns_topic", "aws_sqs_queue", "aws_iam_role"];
  expect(Object.keys(dangers)).toEqual(expect.arrayContaining(guarded));
  expect(Object.keys(dangers).filter((type) => !(type in physicalNames))).toEqual([]);
});

test("where a data bucket requires the network, jobs reach rows from there alone, and nobody opens the network", () => {
  const rows = /mlops-dev-sagemaker-data-\d+\/mammo-severity\/(?:data|splits)\//;
  const asked = matrix.cells.filter(
    ({ action, resource }) => action === "s3:GetObject" && rows.test(resource),
  );
  const within = asked.filter(({ when }) => "aws:SourceVpc" in when).flatMap(({ allowed }) => allowed);
  const without = asked.filter(({ when }) => !("aws:SourceVpc" in when)).flatMap(({ allowed }) => allowed);
  const jobs = "dev/sagemaker-execution-role-mammo-severity";
  expect([within.includes(jobs), without.includes(jobs)]).toEqual([true, false]);
  const openings = /^ec2:(?:Attach|Authorize|\w+Route$|\w+Peering|(?:Delete|Modify)VpcEndpoint|RunInstances)/;
  const opens = matrix.cells.filter(({ action }) => openings.test(action));
  expect(new Set(opens.map(({ action }) => action)).size).toBe(9);
  expect(opens.flatMap(({ allowed }) => allowed)).toEqual([]);
});

test("no role reaches a bucket of an account outside the estate, whoever took the name", () => {
  const accounts = estate.environments.map(({ account }) => account);
  // Service Catalog keeps templates in buckets of its own, and says by a tag that it does.
  const isCopy = (condition: object) => JSON.stringify(condition).includes("servicecatalog:provisioning");
  const allowed = policiesOf(resources).roles.flatMap(({ arn, where, policies }) =>
    policies.flatMap(({ name, policy }) =>
      policy.Statement.filter(
        ({ Effect, Action, Condition = {} }) =>
          Effect === "Allow" && /\bs3:/.test(Action.join()) && !isCopy(Condition),
      ).map(({ Sid, Condition = {} }) => ({
        statement: [arn, name, Sid].join(" "),
        own: where.account,
        of: [Condition.StringEquals?.["aws:ResourceAccount"] ?? "anybody"].flat(),
      })),
    ),
  );
  expect(allowed.filter(({ of }) => !of.every((account) => accounts.includes(account)))).toEqual([]);
  const shared = allowed.filter(({ own, of }) => of.some((account) => account !== own));
  expect(new Set(shared.flatMap(({ own, of }) => of.filter((account) => account !== own)))).toEqual(
    new Set(["333333333333"]),
  );
});

test("no job or model that could reach a network is started, and every isolated one is", () => {
  const isolation = (value: string) => ({ "sagemaker:NetworkIsolation": value });
  for (const started of ["ProcessingJob", "TrainingJob", "Model"].map((what) => `sagemaker:Create${what}`)) {
    expect(may(started, /:222222222222:/, isolation("true"))).toContain(
      "prod/sagemaker-execution-role-mammo-severity",
    );
    expect(may(started, /./, isolation("false"))).toEqual([]);
  }
});

test("prod reads what dev's key encrypted, and dev nothing of prod's", () => {
  expect(may("kms:Decrypt", /111111111111:key\/mlops-dev$/)).toContain(
    "prod/sagemaker-execution-role-mammo-severity",
  );
  expect(
    may("kms:Decrypt", /222222222222:key\/mlops-prod$/).filter((name) => name.startsWith("dev/")),
  ).toEqual([]);
});

test("a workload registers a version, and nobody of it approves one", () => {
  const status = "sagemaker:ModelApprovalStatus";
  expect(may("sagemaker:CreateModelPackage", /\/1$/, { [status]: "PendingManualApproval" })).toEqual([
    "dev/sagemaker-execution-role-mammo-severity",
    "prod/sagemaker-execution-role-mammo-severity",
  ]);
  expect(may("sagemaker:CreateModelPackage", /\/1$/, { [status]: "Approved" })).toEqual([]);
});

test("the registry's administrators use a workload's key by way of S3 on the artifacts bucket, and by hand never", () => {
  const key = /key\/mlops-prod$/;
  const registry = "administrator of registry";
  expect(may("kms:Decrypt", key, { "kms:ViaService": "s3.us-east-1.amazonaws.com" })).toContain(registry);
  const byHand = matrix.cells.filter(
    (cell) =>
      cell.action === "kms:Decrypt" &&
      cell.resource.endsWith("key/mlops-prod") &&
      cell.when["kms:ViaService"] === undefined,
  );
  expect(byHand.length).toBeGreaterThan(0);
  expect(byHand.flatMap(({ allowed }) => allowed)).not.toContain(registry);
});

test("with two models in an account no rule is broken, each role reaching its own model's", async () => {
  const { estate: two, models } = changedEstate(changes["a model added"]);
  const stacks = Object.entries(changedStacks(changes["a model added"]));
  const both = await accessMatrix(
    two,
    stacks.flatMap(([id, stack]) => resourcesOf(id, stack as never)),
  );
  expect(models).toHaveLength(2);
  expect(both.principals.map(({ name }) => name)).toContain("prod/sagemaker-execution-role-three-pipelines");
  expect(breachesOf(both, two)).toEqual([]);
});

test("each role for daily work is assumed by those whom the file names for it, and by nobody else", () => {
  const people = "arn:aws:iam::666666666666:role";
  expect(may("sts:AssumeRole", /:role\/mlops-approver$/)).toEqual([`${people}/Approvers`]);
  expect(may("sts:AssumeRole", /111111111111:role\/mlops-scientist$/)).toEqual([`${people}/DataScientists`]);
  expect(new Set(may("sts:SetSourceIdentity", /:role\/mlops-(auditor|planner)$/))).toEqual(
    new Set([`${people}/Auditors`, `${people}/Engineers`]),
  );
});

test("the approver decides, the scientist trains, and neither does what the other does", () => {
  const status = { "sagemaker:ModelApprovalStatus": "Approved" };
  expect(new Set(may("sagemaker:UpdateModelPackage", /\/1$/, status))).toEqual(
    new Set(["registry/mlops-approver"]),
  );
  expect(
    may("sagemaker:StartPipelineExecution", /:222222222222:pipeline\/mammo-severity-train-pipeline$/),
  ).toEqual([
    "prod/sagemaker-execution-role-mammo-severity",
    "prod/sagemaker-retraining-role-mammo-severity",
    "prod/mlops-scientist",
  ]);
  expect(may("sagemaker:ListModelPackages", /333333333333/)).toEqual(
    expect.arrayContaining(["dev/mlops-scientist", "registry/mlops-approver", "registry/mlops-auditor"]),
  );
});

test("a policy attached to a role shows as lines of the table, and breaks the rule it is against", async () => {
  const given = resources.map((resource) =>
    resource.type === "aws_iam_role_policy" && resource.attributes.name === "assume-production-role-policy"
      ? { ...resource, attributes: { ...resource.attributes, policy: everythingOnKeys } }
      : resource,
  );
  const changed = await accessMatrix(estate, ownAccount(given, "444444444444"));
  expect(breachesOf(changed, estate)).toContainEqual({
    rule: "No role changes what grants access, but that which makes projects' roles, within their boundary",
    what: "jenkins/jenkins-server-role: kms:PutKeyPolicy on arn:aws:kms:us-east-1:444444444444:key/mlops-jenkins-state",
  });
});

const ownAccount = (all: readonly Resource[], account: string) =>
  all.filter(({ where }) => where.account === account);
const everythingOnKeys = JSON.stringify({
  Statement: [{ Effect: "Allow", Action: ["kms:Put*"], Resource: ["*"] }],
});
