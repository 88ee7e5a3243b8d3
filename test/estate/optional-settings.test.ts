import {
  GetBucketLifecycleConfigurationCommand,
  PutBucketLifecycleConfigurationCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { CreateAccessKeyCommand, IAMClient } from "@aws-sdk/client-iam";
import { AppliedEstate } from "../support/applied-estate";
import { changes } from "../support/changed-estate";
import { ChangedStacks } from "./support/changed-stacks";

let applied: AppliedEstate;

beforeAll(async () => {
  applied = await AppliedEstate.copy();
});
afterAll(() => applied.stop());

test("daily work given roles: they are made, and the scientist is let in to see versions", async () => {
  const given = new ChangedStacks(applied, "access", changes["daily work given roles"]);
  const { create = [], ...others } = await given.planned(["registry", "dev-foundation", "dev-state"]);
  expect(create.filter((one) => one.includes("aws_iam_role.")).toSorted()).toEqual([
    "dev-foundation aws_iam_role.scientist-role",
    "dev-state aws_iam_role.planner-role",
    "registry aws_iam_role.approver-role",
  ]);
  expect(others).toEqual({
    change: ["registry aws_sagemaker_model_package_group_policy.mammo-severity-model-package_policy"],
  });
});

test("roles given a boundary: each is changed in place", async () => {
  const bounded = new ChangedStacks(applied, "boundary", changes["roles given a boundary"]);
  const found = await bounded.planned(["prod-foundation"]);
  expect(Object.keys(found)).toEqual(["change"]);
  expect(found.change?.every((one) => one.startsWith("prod-foundation aws_iam_role."))).toBe(true);
});

test("a server outside of AWS goes from a user's key to tokens: the role stays, and the user goes with the key that somebody made", async () => {
  const role = ["jenkins aws_iam_role.server-role"];
  const user = [
    "jenkins aws_iam_user_policy.server-user_assume-server-role",
    "jenkins aws_iam_user.server-user",
  ];
  const provider = ["jenkins aws_iam_openid_connect_provider.server-tokens_provider"];
  const before = new ChangedStacks(applied, "user", changes["a Jenkins server outside of AWS"]);
  expect(await before.planned(["jenkins"])).toEqual({ create: user, change: role });
  expect(await before.apply(["jenkins"])).toEqual({ jenkins: "applied" });
  const iam = new IAMClient(await applied.access("jenkins"));
  await iam.send(new CreateAccessKeyCommand({ UserName: "jenkins" }));
  const after = new ChangedStacks(
    applied,
    "tokens",
    changes["tokens taken of a Jenkins server outside of AWS"],
  );
  expect(await after.planned(["jenkins"])).toEqual({ create: provider, change: role, destroy: user });
  expect(await after.apply(["jenkins"])).toEqual({ jenkins: "applied" });
  expect(await after.planned(["jenkins"])).toEqual({});
});

/** What puts what runs in prod into a network. */
const intoANetwork = {
  create: [
    "aws_iam_policy.deploy-role_jenkins-manages-ec2",
    ...["execution", "lookup", "retraining", "sealing"].map(
      (role) => `aws_iam_role_policy.roles-of-mammo-severity_${role}_network`,
    ),
    "aws_iam_role_policy_attachment.deploy-role_jenkins-manages-ec2-attachment",
  ].map((address) => `prod-foundation ${address}`),
  change: [
    "prod-foundation aws_iam_policy.deploy-role_jenkins-sees-what-comes-first",
    ...["drift-retraining-guard", "latest-approved-model", "seal-version"].map(
      (name) => `prod-mammo-severity aws_lambda_function.${name}_function`,
    ),
    "prod-mammo-severity aws_sagemaker_pipeline.inference-pipeline",
    "prod-mammo-severity aws_sagemaker_pipeline.train-pipeline",
  ],
};
const inNetworkIds = ["prod-foundation", "prod-mammo-severity"];

test("a network asked for: made on its own, and then entered in place, with its ids in the plan", async () => {
  const asked = new ChangedStacks(applied, "made-network", changes["a network asked for"]);
  expect(Object.keys(await asked.planned(["prod-network"]))).toEqual(["create"]);
  expect(await asked.apply(["prod-network"])).toEqual({ "prod-network": "applied" });
  const { create = [], ...changed } = await asked.planned(["prod-network", ...inNetworkIds]);
  const markers = inNetworkIds.map((id) => `${id} terraform_data.network_marker`);
  expect([create.toSorted(), changed]).toEqual([
    [...intoANetwork.create, ...markers].toSorted(),
    { change: intoANetwork.change },
  ]);
});

test("predictions and splits given days: the bucket's rules are changed in place, plan empty, and go with the days", async () => {
  const rules = { change: ["prod-foundation aws_s3_bucket_lifecycle_configuration.data_lifecycle"] };
  const given = changes["predictions and splits given days"];
  const asked = new ChangedStacks(applied, "retention", given);
  expect(await asked.planned(["prod-foundation"])).toEqual(rules);
  // What an apply brings; Terraform's own waits a minute until S3 tells of it everywhere.
  const expiring = (ID: string, Prefix: string, Days: number) => ({
    ID,
    Status: "Enabled" as const,
    Filter: { Prefix },
    Expiration: { Days },
    NoncurrentVersionExpiration: { NoncurrentDays: 7 },
  });
  const s3 = new S3Client({ ...(await applied.access("prod")), forcePathStyle: true });
  const Bucket = "mlops-prod-sagemaker-data-222222222222";
  const { Rules = [] } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
  const more = [
    expiring("expire-predictions-of-mammo-severity", "mammo-severity/inference/", 90),
    expiring("expire-splits-of-mammo-severity", "mammo-severity/splits/", 30),
  ];
  const LifecycleConfiguration = { Rules: [...Rules, ...more] };
  await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration }));
  expect(await asked.planned(["prod-foundation"])).toEqual({});
  expect(await new ChangedStacks(applied, "no-retention", {}).planned(["prod-foundation"])).toEqual(rules);
});
