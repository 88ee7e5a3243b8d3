import { HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  DescribeModelPackageCommand,
  ListModelPackagesCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { mockClient } from "aws-sdk-client-mock";
import { handler } from "../../../lambdas/latest-approved-model";
import {
  accepted,
  described,
  group,
  kept,
  registered,
  repository,
  run,
  summaries,
  version,
  type Described,
} from "../../support/model-versions";

const sagemaker = mockClient(SageMakerClient);
const s3 = mockClient(S3Client);

beforeEach(() => {
  sagemaker.reset();
  s3.reset();
  sagemaker.on(ListModelPackagesCommand).resolves(summaries(4));
  sagemaker.on(DescribeModelPackageCommand).resolves(described);
  s3.on(HeadObjectCommand).callsFake(({ Key }: { readonly Key: string }) => ({
    VersionId: `of ${Key.slice(Key.lastIndexOf("/") + 1)}`,
  }));
  process.env.MODEL_PACKAGE_GROUP = group;
  process.env.ACCEPTED = JSON.stringify(accepted);
});

const describedArns = (): (string | undefined)[] =>
  sagemaker.commandCalls(DescribeModelPackageCommand).map((call) => call.args[0].input.ModelPackageName);

const [container] = described.InferenceSpecification?.Containers ?? [];
const withContainers = (...Containers: object[]): Described => ({
  ...described,
  InferenceSpecification: { ...described.InferenceSpecification, Containers: Containers },
});
const quality = described.DriftCheckBaselines?.ModelDataQuality;

test.each<[problem: string, version: Described]>([
  [
    "has no model artifact (InferenceSpecification)",
    withContainers({ ...container, ModelDataUrl: undefined }),
  ],
  ["has no container image (InferenceSpecification)", { ...described, InferenceSpecification: undefined }],
  [
    "has no data quality baseline statistics (DriftCheckBaselines)",
    { ...described, DriftCheckBaselines: undefined },
  ],
  [
    "has no data quality baseline constraints (DriftCheckBaselines)",
    { ...described, DriftCheckBaselines: { ModelDataQuality: { Statistics: quality?.Statistics } } },
  ],
  [
    "has no model quality baseline constraints (DriftCheckBaselines)",
    { ...described, DriftCheckBaselines: { ModelQuality: { Statistics: quality?.Statistics } } },
  ],
  [
    `must say which S3 version ${run}statistics.json is (s3_quality_uri_statistics_version)`,
    { ...described, DriftCheckBaselines: { ModelQuality: quality } },
  ],
  ["must have one container, has 2", withContainers({ ...container }, { Image: "evil" })],
  [
    `must have an image of ${repository}, has 999999999999.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5`,
    withContainers({
      ...container,
      Image: "999999999999.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5",
    }),
  ],
  [
    `must have an image of ${repository}, has ${repository}-evil:1`,
    withContainers({ ...container, Image: `${repository}-evil:1` }),
  ],
  ["must have its files below ", registered("s3://attacker/", "s3://attacker/")],
  [
    `must have its files below ${kept("dev")} or s3://artifacts/mammo-severity/models/`,
    registered("s3://artifacts/dev/other-model/versions/", run),
  ],
  [
    `must have its files below ${kept("dev")} or s3://artifacts/mammo-severity/models/`,
    registered("s3://artifacts/dev/mammo-severity/runs/models/", run),
  ],
  [
    `must have its files below ${kept("dev")}, has ${String(accepted.former[1])}statistics.json`,
    registered(run, String(accepted.former[1])),
  ],
  [
    `was registered with version of model.tar.gz of ${run}model.tar.gz, which is another now`,
    { ...described, CustomerMetadataProperties: { ...described.CustomerMetadataProperties } },
  ],
  [
    `must say which S3 version ${run}constraints.json is (s3_baseline_uri_constraints_version)`,
    registered(run, run, {
      CustomerMetadataProperties: {
        model_artifact_uri_version: "of model.tar.gz",
        s3_baseline_uri_statistics_version: "of statistics.json",
      },
    }),
  ],
])("a version is refused, and no older one taken: %s", async (problem, package_) => {
  sagemaker.on(ListModelPackagesCommand).resolves(summaries(4, 3));
  sagemaker.on(DescribeModelPackageCommand).resolves(package_);
  if (problem.includes("another now"))
    s3.on(HeadObjectCommand, { Key: `${run.replace("s3://artifacts/", "")}model.tar.gz` }).resolves({
      VersionId: "another",
    });
  await expect(handler()).rejects.toThrow(`Model package ${version(4)} ${problem}`);
  expect(describedArns()).toEqual([version(4)]);
});

test("a version that was registered before files were kept apart is taken as it is: nobody writes there any more", async () => {
  const former = registered(`${String(accepted.former[0])}run/`, `${String(accepted.former[1])}run/`, {
    CustomerMetadataProperties: undefined,
  });
  sagemaker.on(DescribeModelPackageCommand).resolves(former);
  expect((await handler()).model_artifact_uri).toBe("s3://artifacts/mammo-severity/models/run/model.tar.gz");
  expect(s3.commandCalls(HeadObjectCommand)).toEqual([]);
});

test("a file that cannot be looked at is named", async () => {
  s3.on(HeadObjectCommand).rejects(Object.assign(new Error("UnknownError"), { name: "NotFound" }));
  await expect(handler()).rejects.toThrow(`${run}model.tar.gz cannot be looked at: NotFound`);
});
