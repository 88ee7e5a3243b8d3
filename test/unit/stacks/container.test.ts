import { existsSync } from "node:fs";
import { join } from "node:path";
import { kindOf, listStacks } from "../../../stacks/list";
import { repository } from "../../../tools/paths";
import { changedEstate, type EstateChange } from "../../support/changed-estate";
import { billOfMaterials, only, resources, statementsOf, type Synthesised } from "../../support/synth";
import { changedStacks, stackOf } from "../../support/synthesised";

const id = "dev-mammo-severity-container";
const building = (container: object): EstateChange => ({
  files: { "dev.json": { models: { "mammo-severity": { container } } } },
});
const own = building({ repository: "example/models" });
const stack = stackOf(changedStacks(own), id);
const standingArn =
  "arn:aws:codeconnections:us-east-1:111111111111:connection/12345678-1234-1234-1234-123456789012";
const standing = stackOf(
  changedStacks(
    building({
      repository: "example/models",
      connection: standingArn,
      branch: "release",
      folder: "images/mammo",
    }),
  ),
  id,
);

const policyOf = (all: Synthesised, role: string) =>
  statementsOf(resources(all, "aws_iam_role_policy").find(({ name }) => name === role)?.policy ?? "{}");

test("a container's stack holds exactly what it should, and no connection where one stands", () => {
  const materials = {
    aws_cloudwatch_event_rule: 1,
    aws_cloudwatch_event_target: 1,
    aws_cloudwatch_log_group: 1,
    aws_cloudwatch_metric_alarm: 2,
    aws_codebuild_project: 1,
    aws_codepipeline: 1,
    aws_ecr_lifecycle_policy: 1,
    aws_ecr_repository: 1,
    aws_iam_role: 2,
    aws_iam_role_policy: 2,
    aws_kms_alias: 1,
    aws_kms_key: 1,
    aws_s3_bucket: 1,
    aws_s3_bucket_lifecycle_configuration: 1,
    aws_s3_bucket_ownership_controls: 1,
    aws_s3_bucket_policy: 1,
    aws_s3_bucket_public_access_block: 1,
    aws_s3_bucket_server_side_encryption_configuration: 1,
    aws_s3_bucket_versioning: 1,
    aws_sns_topic: 1,
    aws_sns_topic_policy: 1,
    aws_sns_topic_subscription: 1,
    aws_sqs_queue: 1,
  };
  expect(billOfMaterials(stack)).toEqual({ ...materials, aws_codeconnections_connection: 1 });
  expect(billOfMaterials(standing)).toEqual(materials);
});

test("an administrator applies it, and it is listed where a model's settings ask for it alone", () => {
  const { estate, models } = changedEstate(own);
  const [found, ...others] = listStacks(estate, models).filter(({ kind }) => kind === "container");
  expect(others).toEqual([]);
  expect(found && kindOf(found).appliedBy(found)).toBe("administrator");
  expect(found && kindOf(found).contents(estate, found)).toEqual([
    "images mlops-mammo-severity",
    "built of pipelines/mammo-severity/container in example/models, branch main",
    "alerts of builds that fail",
  ]);
  expect(found && kindOf(found).byHand(estate, found)).toMatchObject({
    connections: [{ name: "mlops-mammo-severity" }],
    mail: [{ topicArn: "arn:aws:sns:us-east-1:111111111111:mammo-severity-container" }],
  });
});

test("images keep their tags, are scanned and encrypted with the stack's own key, and go only on purpose", () => {
  expect(only(stack, "aws_ecr_repository")).toMatchObject({
    name: "mlops-mammo-severity",
    image_tag_mutability: "IMMUTABLE",
    image_scanning_configuration: { scan_on_push: true },
    encryption_configuration: [
      {
        encryption_type: "KMS",
        kms_key: expect.stringMatching(/^\$\{aws_kms_key\.key_\w+\.arn\}$/) as string,
      },
    ],
    lifecycle: { prevent_destroy: true },
  });
  const { rules } = JSON.parse(String(only(stack, "aws_ecr_lifecycle_policy").policy)) as {
    readonly rules: readonly { readonly selection: object }[];
  };
  expect(rules.map(({ selection }) => selection)).toEqual([
    { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 14 },
    { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 500 },
  ]);
});

test("defect 17.4: a push that changes nothing in the container's folder builds nothing, and each that does is built in turn", () => {
  const pushes = (all: Synthesised) =>
    (only(all, "aws_codepipeline").trigger as readonly { readonly git_configuration: object }[]).map(
      ({ git_configuration: git }) => git,
    );
  expect(only(stack, "aws_codepipeline")).toMatchObject({ pipeline_type: "V2", execution_mode: "QUEUED" });
  expect(pushes(stack)).toEqual([
    {
      source_action_name: "Source",
      push: [
        {
          branches: { includes: ["main"] },
          file_paths: { includes: ["pipelines/mammo-severity/container/**"] },
        },
      ],
    },
  ]);
  expect(pushes(standing)).toMatchObject([
    { push: [{ branches: { includes: ["release"] }, file_paths: { includes: ["images/mammo/**"] } }] },
  ]);
});

test("defect 17.1: the tag is the whole commit, as the source says it", () => {
  const [source, build] = (
    only(stack, "aws_codepipeline").stage as readonly {
      readonly action: readonly {
        readonly namespace: string;
        readonly configuration: Record<string, string>;
      }[];
    }[]
  ).flatMap(({ action }) => action);
  expect(source?.namespace).toBe("Source");
  expect(JSON.parse(build?.configuration.EnvironmentVariables ?? "")).toEqual([
    { name: "COMMIT", value: "#{Source.CommitId}", type: "PLAINTEXT" },
  ]);
});

test("defect 17.2: no token is kept: a person completes a connection, or one that stands is used", () => {
  expect(only(stack, "aws_codeconnections_connection")).toMatchObject({
    name: "mlops-mammo-severity",
    provider_type: "GitHub",
  });
  expect(JSON.stringify(standing)).toContain(standingArn);
});

test("defect 17.5: the build may push to its repository, the pipeline fetch that source and start that build, and neither passes a role", () => {
  const build = policyOf(stack, "build");
  const pipeline = policyOf(stack, "pipeline");
  const onEverything = [...build, ...pipeline].filter(({ Resource }) => Resource?.includes("*"));
  expect(onEverything.map(({ Action }) => Action)).toEqual([["ecr:GetAuthorizationToken"]]);
  expect(build.find(({ Sid }) => Sid === "Images")?.Resource).toEqual([
    "arn:aws:ecr:us-east-1:111111111111:repository/mlops-mammo-severity",
  ]);
  expect(pipeline.find(({ Sid }) => Sid === "Connection")).toMatchObject({
    Action: ["codeconnections:UseConnection"],
    Condition: { "ForAllValues:StringEquals": { "codeconnections:FullRepositoryId": "example/models" } },
  });
  expect(pipeline.find(({ Sid }) => Sid === "Build")?.Resource).toEqual([
    "arn:aws:codebuild:us-east-1:111111111111:project/mammo-severity-container",
  ]);
  expect(JSON.stringify([build, pipeline])).not.toContain("iam:PassRole");
  for (const { assume_role_policy: trust } of resources(stack, "aws_iam_role"))
    expect(statementsOf(trust)).toMatchObject([
      { Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } } },
    ]);
});

test("a build that failed is told, with where its reason stands and nothing of it", () => {
  expect(JSON.parse(String(only(stack, "aws_cloudwatch_event_rule").event_pattern))).toEqual({
    source: ["aws.codepipeline"],
    "detail-type": ["CodePipeline Pipeline Execution State Change"],
    detail: { pipeline: ["mammo-severity-container"], state: ["FAILED"] },
  });
});

test("the sample's folder has what its build is told to run", () => {
  for (const name of ["Dockerfile", "buildspec.yml", "try-image.sh"])
    expect(existsSync(join(repository, "pipelines/iris/container", name))).toBe(true);
});
