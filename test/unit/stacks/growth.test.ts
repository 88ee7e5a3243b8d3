import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generatedModels } from "../../../bench/estates/models";
import { readEstate } from "../../../stacks/known";
import type { Estate } from "../../../config/schema";
import { models } from "../../../pipelines";
import { hasPipelines, type ModelDefinition } from "../../../pipelines/model";
import { addStacks } from "../../../stacks/app";
import { estateFolder } from "../../support/environments";
import { stackOf } from "../../support/synthesised";
import { only, resources, statementsOf, synthesiseStacks, type Synthesised } from "../../support/synth";
import { temporaryFolder } from "../../support/temporary-folder";

/** The tests' own environments with some files replaced or added. */
function estateWith(
  files: Readonly<Record<string, object>>,
  known: readonly ModelDefinition[] = models,
): Estate {
  const folder = temporaryFolder();
  cpSync(estateFolder, folder, { recursive: true });
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), JSON.stringify(content));
  return readEstate(folder, known);
}

const plan = (estate: Estate, known: readonly ModelDefinition[] = models): Record<string, Synthesised> =>
  synthesiseStacks((app) => {
    addStacks(app, { estate, models: known });
  });

const sidsOfKey = (stacks: Record<string, Synthesised>, id: string) =>
  statementsOf(only(stackOf(stacks, id), "aws_kms_key").policy).map(({ Sid }) => Sid);

const workload = (account: string, more: object) => ({
  kind: "workload",
  account,
  registry: "registry",
  models: { "mammo-severity": {} },
  ...more,
});

describe("a staging environment added as a file", () => {
  const stacks = plan(
    estateWith({
      "staging.json": workload("555555555555", { promotesTo: "prod" }),
      "dev.json": workload("111111111111", { promotesTo: "staging" }),
    }),
  );

  test("has stacks of its own", () => {
    expect(Object.keys(stacks).filter((id) => id.startsWith("staging-"))).toEqual([
      "staging-state",
      "staging-foundation",
      "staging-mammo-severity",
    ]);
  });

  test("lets prod read what its key encrypted, and so does dev, whose models reach prod through it", () => {
    expect(sidsOfKey(stacks, "staging-foundation")).toContain("ReadBy222222222222");
    expect(sidsOfKey(stacks, "dev-foundation")).toEqual(
      expect.arrayContaining(["ReadBy555555555555", "ReadBy222222222222"]),
    );
    expect(sidsOfKey(stacks, "prod-foundation").filter((sid) => sid?.startsWith("ReadBy"))).toEqual([]);
  });

  test("shares the registry's artifacts bucket and package group", () => {
    const registry = stackOf(stacks, "registry");
    expect(JSON.stringify(resources(registry, "aws_s3_bucket_policy"))).toContain("555555555555");
    expect(JSON.stringify(resources(registry, "aws_sagemaker_model_package_group_policy"))).toContain(
      "555555555555",
    );
  });
});

describe("a second model, added in pipelines/ and in the environment files", () => {
  const first = models.find(hasPipelines);
  if (!first) throw new Error("there is a model");
  const second: ModelDefinition = {
    ...first,
    name: "second-model",
    modelPackageGroup: "second-model-package",
    alertTopic: "second-model-notification",
  };
  const both = [first, second];
  const stacks = plan(
    estateWith(
      {
        "prod.json": workload("222222222222", {
          ci: "jenkins",
          models: { "mammo-severity": {}, "second-model": {} },
        }),
      },
      both,
    ),
    both,
  );

  test("has a stack, a package group, and room in every policy", () => {
    expect(Object.keys(stacks)).toContain("prod-second-model");
    const groups = resources(stackOf(stacks, "registry"), "aws_sagemaker_model_package_group");
    expect(groups.map(({ model_package_group_name: name }) => name)).toEqual([
      "mammo-severity-model-package",
      "second-model-package",
    ]);
  });

  test("is Jenkins' to deploy", () => {
    const foundation = stackOf(stacks, "prod-foundation");
    const managed = JSON.stringify(resources(foundation, "aws_iam_policy"));
    expect(managed).toContain(":function:second-model-latest-approved-model");
    expect(JSON.stringify(resources(foundation, "aws_iam_role_policy"))).toContain("prod-second-model/*");
  });
});

describe("many models in one account", () => {
  const many = generatedModels(17);
  const planOf = (known: readonly ModelDefinition[], settings = {}) => {
    const named = Object.fromEntries(known.map(({ name }) => [name, settings]));
    const prod = workload("222222222222", { ci: "jenkins", promotesTo: "live", models: named });
    const dev = workload("111111111111", { promotesTo: "prod", models: {} });
    const live = workload("555555555555", { models: {} });
    return plan(estateWith({ "prod.json": prod, "dev.json": dev, "live.json": live }, known), known);
  };

  test("fifteen have room in the policies of its roles", () => {
    const stacks = planOf(many.slice(0, 15));
    expect(Object.keys(stacks).filter((id) => id.startsWith("prod-model-"))).toHaveLength(15);
    expect(JSON.stringify(resources(stackOf(stacks, "prod-foundation"), "aws_iam_policy"))).toContain(
      "jenkins-trains",
    );
  });

  test.each([{}, { asynchronous: {} }])("so have eleven that are all served (%j)", (endpoint) => {
    const stacks = planOf(many.slice(0, 11), { endpoint });
    expect(Object.keys(stacks).filter((id) => id.endsWith("-endpoint"))).toHaveLength(11);
    expect(() => planOf(many.slice(0, 12), { endpoint })).toThrow(
      "cross-account-jenkins-role must be at most",
    );
  });

  test("seventeen are refused, because IAM would", () => {
    expect(() => planOf(many)).toThrow(
      "inline policies of role cross-account-jenkins-role must be at most 10240 characters",
    );
  });
});

describe("the roles that all models shared", () => {
  const stacksWith = (more: object) =>
    plan(estateWith({ "dev.json": workload("111111111111", { promotesTo: "prod", ...more }) }));
  const rolesIn = (stacks: Record<string, Synthesised>) =>
    resources(stackOf(stacks, "dev-foundation"), "aws_iam_role").map(({ name }) => name);
  const shared = ["lambda-sagemaker-role", "sagemaker-execution-role", "sagemaker-retraining-role"];

  test("are not made", () => {
    expect(rolesIn(stacksWith({}))).toEqual(expect.not.arrayContaining(shared));
  });

  test("stay as they were while an estate moves, and are let in wherever they were", () => {
    const stacks = stacksWith({ sharedRoles: true });
    expect(rolesIn(stacks)).toEqual(expect.arrayContaining(shared));
    const addresses = Object.keys(stackOf(stacks, "dev-foundation").resource.aws_iam_role ?? {});
    for (const id of ["lambda-role", "retraining-role", "execution-role"])
      expect(addresses).toContainEqual(expect.stringMatching(new RegExp(`^${id}_[0-9A-F]{8}$`)));
    const registry = stackOf(stacks, "registry");
    for (const type of ["aws_s3_bucket_policy", "aws_sagemaker_model_package_group_policy"])
      expect(JSON.stringify(resources(registry, type))).toMatch(
        /111111111111:role\/sagemaker-execution-role\\?"/,
      );
  });
});

test("with MLOPS_ROLE every stack assumes that role instead of the one that applies it", () => {
  const stacks = synthesiseStacks((app) => {
    addStacks(app, { estate: estateWith({}), models, assumeRole: "plan-only" });
  });
  for (const stack of Object.values(stacks)) {
    expect(JSON.stringify(stack.provider.aws[0]?.assume_role)).toContain(":role/plan-only");
    expect(JSON.stringify(stack.terraform.backend.s3.assume_role)).toContain(":role/plan-only");
  }
});

test("a company's own bucket names are those that every policy and every definition names", () => {
  const stacks = plan(
    estateWith({
      "dev.json": workload("111111111111", { promotesTo: "prod", names: { dataBucket: "acme-data" } }),
      "registry.json": {
        kind: "registry",
        account: "333333333333",
        names: { artifactsBucket: "acme-artifacts" },
      },
    }),
  );
  const text = JSON.stringify(
    ["registry", "dev-foundation", "dev-mammo-severity"].map((id) => stackOf(stacks, id)),
  );
  expect(text).toContain("arn:aws:s3:::acme-data/");
  expect(text).toContain("arn:aws:s3:::acme-artifacts/");
  expect(text).not.toMatch(/mlops-(dev-sagemaker-data|sagemaker-artifacts)-/);
});
