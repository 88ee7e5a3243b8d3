import type { DescribeModelPackageCommandOutput } from "@aws-sdk/client-sagemaker";
import type { AcceptedVersions } from "../../core/artifacts";

export const group =
  "arn:aws:sagemaker:us-east-1:333333333333:model-package-group/mammo-severity-model-package";
export const version = (number: number): string =>
  `arn:aws:sagemaker:us-east-1:333333333333:model-package/mammo-severity-model-package/${number}`;

export const repository = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost";
export const kept = (environment: string): string => `s3://artifacts/${environment}/mammo-severity/versions/`;
export const accepted: AcceptedVersions = {
  images: [repository],
  bucket: "s3://artifacts/",
  model: "mammo-severity",
  versions: [kept("dev")],
  former: ["s3://artifacts/mammo-severity/models/", "s3://artifacts/mammo-severity/baselines/"],
};

export const summaries = (...numbers: number[]) => ({
  ModelPackageSummaryList: numbers.map((number) => ({
    ModelPackageArn: version(number),
    ModelPackageStatus: "Completed" as const,
    CreationTime: new Date(number),
  })),
});

export type Described = Partial<DescribeModelPackageCommandOutput>;

export const registered = (artifact: string, baselines: string, more: Described = {}): Described => ({
  InferenceSpecification: {
    Containers: [{ Image: `${repository}:3.0-5`, ModelDataUrl: `${artifact}model.tar.gz` }],
    SupportedContentTypes: ["text/csv"],
    SupportedResponseMIMETypes: ["text/csv"],
  },
  DriftCheckBaselines: {
    ModelDataQuality: {
      Statistics: { ContentType: "application/json", S3Uri: `${baselines}statistics.json` },
      Constraints: { ContentType: "application/json", S3Uri: `${baselines}constraints.json` },
    },
  },
  CustomerMetadataProperties: {
    model_artifact_uri_version: "of model.tar.gz",
    s3_baseline_uri_statistics_version: "of statistics.json",
    s3_baseline_uri_constraints_version: "of constraints.json",
  },
  ...more,
});

export const run = `${kept("dev")}execution/`;
export const described = registered(run, run);
