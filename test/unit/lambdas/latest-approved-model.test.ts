import {
  DescribeModelPackageCommand,
  ListModelPackagesCommand,
  SageMakerClient,
  type DescribeModelPackageCommandOutput,
} from "@aws-sdk/client-sagemaker";
import { mockClient } from "aws-sdk-client-mock";
import { handler } from "../../../lambdas/latest-approved-model";
import { latestApprovedModel, outputsOf } from "../../../lambdas/latest-approved-model/latest-approved-model";

const group = "arn:aws:sagemaker:us-east-1:333333333333:model-package-group/mammo-severity-model-package";
const version = (number: number): string =>
  `arn:aws:sagemaker:us-east-1:333333333333:model-package/mammo-severity-model-package/${number}`;

const summaries = (...numbers: number[]) => ({
  ModelPackageSummaryList: numbers.map((number) => ({
    ModelPackageArn: version(number),
    ModelPackageStatus: "Completed" as const,
    CreationTime: new Date(number),
  })),
});

const described: Partial<DescribeModelPackageCommandOutput> = {
  InferenceSpecification: {
    Containers: [{ Image: "image:3.0-5", ModelDataUrl: "s3://artifacts/model.tar.gz" }],
    SupportedContentTypes: ["text/csv"],
    SupportedResponseMIMETypes: ["text/csv"],
  },
  DriftCheckBaselines: {
    ModelDataQuality: {
      Statistics: { ContentType: "application/json", S3Uri: "s3://artifacts/statistics.json" },
      Constraints: { ContentType: "application/json", S3Uri: "s3://artifacts/constraints.json" },
    },
  },
};

const sagemaker = mockClient(SageMakerClient);

beforeEach(() => {
  sagemaker.reset();
  sagemaker.on(DescribeModelPackageCommand).resolves(described);
  process.env.MODEL_PACKAGE_GROUP = group;
});

const describedArns = (): (string | undefined)[] =>
  sagemaker.commandCalls(DescribeModelPackageCommand).map((call) => call.args[0].input.ModelPackageName);

describe("the latest approved model", () => {
  test("the handler returns the newest approved version's addresses as top-level strings", async () => {
    sagemaker.on(ListModelPackagesCommand).resolves(summaries(7, 6));
    expect(await handler()).toEqual({
      statusCode: 200,
      model_artifact_uri: "s3://artifacts/model.tar.gz",
      image_uri: "image:3.0-5",
      s3_baseline_uri_statistics: "s3://artifacts/statistics.json",
      s3_baseline_uri_constraints: "s3://artifacts/constraints.json",
    });
    expect(describedArns()).toEqual([version(7)]);
  });

  test("only approved versions of the group are asked for, newest first", async () => {
    sagemaker.on(ListModelPackagesCommand).resolves(summaries(1));
    await latestApprovedModel(new SageMakerClient(), group);
    expect(sagemaker.commandCalls(ListModelPackagesCommand)[0]?.args[0].input).toMatchObject({
      ModelPackageGroupName: group,
      ModelApprovalStatus: "Approved",
      SortBy: "CreationTime",
      SortOrder: "Descending",
    });
  });

  test("defect: the list is paginated, and an empty first page is not the end", async () => {
    sagemaker
      .on(ListModelPackagesCommand)
      .resolvesOnce({ ...summaries(), NextToken: "page-2" })
      .resolvesOnce({ ...summaries(3), NextToken: "page-3" })
      .resolves(summaries(2));
    await handler();
    expect(describedArns()).toEqual([version(3)]);
    const calls = sagemaker.commandCalls(ListModelPackagesCommand);
    expect(calls).toHaveLength(2);
    expect(calls[1]?.args[0].input.NextToken).toBe("page-2");
  });

  test("defect: without an approved version the error names the group", async () => {
    sagemaker.on(ListModelPackagesCommand).resolves({ ModelPackageSummaryList: [] });
    await expect(handler()).rejects.toThrow(
      `Model package group ${group} has no approved version: approve one, then run again`,
    );
    expect(describedArns()).toEqual([]);
  });

  test("SageMaker's own refusal is passed on", async () => {
    sagemaker.on(ListModelPackagesCommand).rejects(new Error("AccessDeniedException"));
    await expect(handler()).rejects.toThrow("AccessDeniedException");
  });

  test("a missing variable is named", async () => {
    delete process.env.MODEL_PACKAGE_GROUP;
    await expect(handler()).rejects.toThrow("MODEL_PACKAGE_GROUP must hold the ARN of a model package group");
  });
});

describe("a version that lacks something is named", () => {
  const specification = described.InferenceSpecification;
  const quality = described.DriftCheckBaselines?.ModelDataQuality;
  test.each<[string, Partial<DescribeModelPackageCommandOutput>]>([
    ["model artifact (InferenceSpecification)", { ...described, InferenceSpecification: undefined }],
    [
      "container image (InferenceSpecification)",
      {
        ...described,
        InferenceSpecification: {
          ...specification,
          Containers: [{ Image: undefined, ModelDataUrl: "s3://artifacts/model.tar.gz" }],
        },
      },
    ],
    [
      "data quality baseline statistics (DriftCheckBaselines)",
      { ...described, DriftCheckBaselines: undefined },
    ],
    [
      "data quality baseline constraints (DriftCheckBaselines)",
      { ...described, DriftCheckBaselines: { ModelDataQuality: { Statistics: quality?.Statistics } } },
    ],
  ])("%s", (what, package_) => {
    expect(() => outputsOf(package_, version(4))).toThrow(`Model package ${version(4)} has no ${what}`);
  });
});
