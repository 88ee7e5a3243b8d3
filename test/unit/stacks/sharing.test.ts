import { only, resources, statementsOf, type Statement } from "../../support/synth";
import { synthesisedStacks, stackOf } from "../../support/synthesised";

const stacks = synthesisedStacks();
const stack = (id: string) => stackOf(stacks, id);

const executionRole = (account: string) =>
  `arn:aws:iam::${account}:role/sagemaker-execution-role-mammo-severity`;
const lambdaRole = (account: string) => `arn:aws:iam::${account}:role/lambda-sagemaker-role-mammo-severity`;
/** Of any model: which, their own policies say. */
const executionRoles = (account: string) => `arn:aws:iam::${account}:role/sagemaker-execution-role-*`;

const keyPolicy = (id: string): Statement[] => statementsOf(only(stack(id), "aws_kms_key").policy);

const inlinePolicy = (id: string, role: string, name: string): Statement[] => {
  const found = resources(stack(id), "aws_iam_role_policy").find(
    (policy) => policy.name === name && String(policy.role).includes(role),
  );
  if (!found) throw new Error(`no policy ${name} on ${role} in ${id}`);
  return statementsOf(found.policy);
};

test("dev's key lets prod's execution role read, because prod runs what dev trained", () => {
  expect(keyPolicy("dev-foundation")).toContainEqual({
    Sid: "ReadBy222222222222",
    Effect: "Allow",
    Principal: { AWS: ["arn:aws:iam::222222222222:root"] },
    Condition: { ArnEquals: { "aws:PrincipalArn": [executionRoles("222222222222")] } },
    Action: ["kms:Decrypt", "kms:DescribeKey"],
    Resource: ["*"],
  });
});

test("alarms are published by the key of the state too, which the alerts that they report on do not need", () => {
  const topics = resources(stack("prod-mammo-severity"), "aws_sns_topic");
  expect(topics.map(({ name, kms_master_key_id: key }) => [name, key])).toEqual([
    ["mammo-severity-alarms", "alias/mlops-prod-state"],
    ["mammography-model-notification", "alias/mlops-prod"],
  ]);
  const alarms = resources(stack("prod-mammo-severity"), "aws_cloudwatch_metric_alarm");
  for (const { alarm_actions: actions } of alarms)
    expect(actions).toEqual([
      expect.stringMatching(/^\$\{aws_sns_topic\.alerts_/),
      expect.stringMatching(/^\$\{aws_sns_topic\.alarms_/),
    ]);
  expect(keyPolicy("prod-state")).toContainEqual({
    Sid: "AlarmsToTopics",
    Effect: "Allow",
    Principal: { Service: ["cloudwatch.amazonaws.com"] },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: ["*"],
    Condition: {
      StringEquals: { "aws:SourceAccount": "222222222222" },
      ArnLike: { "kms:EncryptionContext:aws:sns:topicArn": "arn:aws:sns:us-east-1:222222222222:*" },
    },
  });
  expect(keyPolicy("registry-state")).toHaveLength(1);
});

test("prod's key is shared with no workload", () => {
  const principals = JSON.stringify(keyPolicy("prod-foundation").map(({ Principal }) => Principal));
  expect(principals).not.toContain("111111111111");
});

const artifacts = "arn:aws:s3:::mlops-sagemaker-artifacts-333333333333";

test.each(["dev-foundation", "prod-foundation"])(
  "the registry account may use the key of %s for its packages, by way of S3 and SageMaker alone",
  (id) => {
    expect(keyPolicy(id)).toContainEqual({
      Sid: "ModelRegistryUse",
      Effect: "Allow",
      Principal: { AWS: ["arn:aws:iam::333333333333:root"] },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: ["*"],
      Condition: {
        StringEquals: {
          "kms:ViaService": ["s3.us-east-1.amazonaws.com", "sagemaker.us-east-1.amazonaws.com"],
        },
        ArnLike: { "kms:EncryptionContext:aws:s3:arn": [artifacts, `${artifacts}/*`] },
      },
    });
  },
);

test("prod's execution role may use dev's key by its alias, and dev's has no such policy", () => {
  expect(inlinePolicy("prod-foundation", "_execution_", "cross-account-kms-key-access-policy")).toEqual([
    {
      Sid: "KeyOf111111111111",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:DescribeKey"],
      Resource: ["arn:aws:kms:us-east-1:111111111111:key/*"],
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": ["alias/mlops-dev"] } },
    },
  ]);
  expect(() =>
    inlinePolicy("dev-foundation", "_execution_", "cross-account-kms-key-access-policy"),
  ).toThrow();
});

const role = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;

test("each workload writes artifacts below its own environment, and reads what is promoted to it", () => {
  const statements = statementsOf(only(stack("registry"), "aws_s3_bucket_policy").policy);
  const access = ["s3:GetObject", "s3:PutObject"].flatMap((action) =>
    statements
      .filter(({ Effect, Action }) => Effect === "Allow" && Action.includes(action))
      .map(({ Condition, Resource }) => [
        action,
        Condition?.ArnEquals?.["aws:PrincipalArn"],
        Resource?.map((arn) => arn.replace(`${artifacts}/`, "")),
      ]),
  );
  const former = ["*/models/*", "*/baselines/*"];
  const readers = (account: string) =>
    ["sagemaker-execution-role-*", "sagemaker-sealing-role-*", "lambda-sagemaker-role-*"].map((name) =>
      role(account, name),
    );
  const [dev, prod] = ["111111111111", "222222222222"];
  expect(access).toEqual([
    ["s3:GetObject", readers(dev), ["dev/*/runs/*", "dev/*/versions/*", ...former]],
    ["s3:GetObject", readers(prod), ["prod/*/runs/*", "prod/*/versions/*", "dev/*/versions/*", ...former]],
    ["s3:PutObject", [executionRoles(dev)], ["dev/*/runs/*"]],
    ["s3:PutObject", [role(dev, "sagemaker-sealing-role-*")], ["dev/*/versions/*"]],
    ["s3:PutObject", [executionRoles(prod)], ["prod/*/runs/*"]],
    ["s3:PutObject", [role(prod, "sagemaker-sealing-role-*")], ["prod/*/versions/*"]],
  ]);
});

test("below the versions of any environment nothing is written where something is", () => {
  expect(statementsOf(only(stack("registry"), "aws_s3_bucket_policy").policy)).toContainEqual({
    Sid: "DenyOverwritingVersions",
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:PutObject"],
    Resource: [`${artifacts}/*/*/versions/*`],
    Condition: { Null: { "s3:if-none-match": "true" }, Bool: { "s3:ObjectCreationOperation": "true" } },
  });
});

test("beside what its steps say, the execution role reads versions, and writes none", () => {
  const statements = inlinePolicy(
    "prod-foundation",
    "_execution_",
    "cross-account-model-artifacts-s3-bucket-access",
  );
  expect(statements.flatMap(({ Action }) => Action)).toEqual(["s3:GetObject", "s3:ListBucket"]);
  expect(JSON.stringify(statements)).not.toContain("runs/");
});

test("the package group is shared with both workloads: execution roles use versions, Lambda roles look them up", () => {
  const policy = only(stack("registry"), "aws_sagemaker_model_package_group_policy");
  const statements = statementsOf(policy.resource_policy);
  const uses = statements.filter(({ Action }) => Action.includes("sagemaker:CreateModelPackage"));
  expect(uses.map(({ Condition }) => Condition?.ArnEquals?.["aws:PrincipalArn"])).toEqual([
    [executionRole("111111111111")],
    [executionRole("222222222222")],
  ]);
  const reads = statements.filter(
    ({ Action }) =>
      Action.includes("sagemaker:ListModelPackages") && !Action.includes("sagemaker:CreateModelPackage"),
  );
  expect(reads.map(({ Condition }) => Condition?.ArnEquals?.["aws:PrincipalArn"])).toEqual([
    [lambdaRole("111111111111")],
    [lambdaRole("222222222222")],
  ]);
});

test("the Jenkins server may assume prod's deploy role, and nothing else", () => {
  expect(statementsOf(only(stack("jenkins"), "aws_iam_role_policy").policy)).toEqual([
    {
      Sid: "AssumeDeployRoles",
      Effect: "Allow",
      Action: ["sts:AssumeRole"],
      Resource: ["arn:aws:iam::222222222222:role/cross-account-jenkins-role"],
    },
  ]);
});

test("Jenkins' state access ends at the model stacks of its account", () => {
  const statements = inlinePolicy("prod-foundation", "deploy-role", "scripts-and-state");
  expect(
    statements.flatMap(({ Resource = [] }) => Resource).filter((arn) => arn.includes("terraform-state")),
  ).toEqual([
    "arn:aws:s3:::mlops-prod-terraform-state-222222222222/prod-mammo-severity/*",
    "arn:aws:s3:::mlops-prod-terraform-state-222222222222",
  ]);
});

test("Jenkins may list the states it writes and, as every init does, Terraform's workspaces", () => {
  const statements = inlinePolicy("prod-foundation", "deploy-role", "scripts-and-state");
  const listing = statements.find(({ Sid }) => Sid === "StatesListing");
  expect(listing?.Condition).toEqual({
    StringLike: { "s3:prefix": ["prod-mammo-severity/*", "env:/*"] },
    StringEquals: { "aws:ResourceAccount": "222222222222" },
  });
});
