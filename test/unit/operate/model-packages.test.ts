import {
  DescribeModelPackageCommand,
  ListModelPackagesCommand,
  SageMakerClient,
  UpdateModelPackageCommand,
} from "@aws-sdk/client-sagemaker";
import { mockClient } from "aws-sdk-client-mock";
import { describeVersion, listVersions, setApproval } from "../../../operate/model-packages";

const group = "arn:aws:sagemaker:us-east-1:333333333333:model-package-group/model";
const arn = "arn:aws:sagemaker:us-east-1:333333333333:model-package/model/1";
const mock = mockClient(SageMakerClient);
const sagemaker = new SageMakerClient({});

beforeEach(() => {
  mock.reset();
});

test("versions come newest first, from all pages", async () => {
  const summary = (ModelPackageVersion: number) => ({
    ModelPackageArn: arn,
    ModelPackageVersion,
    ModelPackageStatus: "Completed" as const,
    CreationTime: new Date(0),
  });
  mock
    .on(ListModelPackagesCommand)
    .resolvesOnce({ ModelPackageSummaryList: [], NextToken: "2" })
    .resolvesOnce({ ModelPackageSummaryList: [summary(2)], NextToken: "3" })
    .resolves({ ModelPackageSummaryList: [summary(1)] });
  const versions = await listVersions(sagemaker, group);
  expect(versions.map(({ ModelPackageVersion }) => ModelPackageVersion)).toEqual([2, 1]);
  expect(mock.call(0).args[0].input).toMatchObject({
    ModelPackageGroupName: group,
    SortBy: "CreationTime",
    SortOrder: "Descending",
  });
});

test("a version is described by its ARN", async () => {
  mock.on(DescribeModelPackageCommand).resolves({ ModelPackageArn: arn });
  expect(await describeVersion(sagemaker, arn)).toMatchObject({ ModelPackageArn: arn });
  expect(mock.call(0).args[0].input).toEqual({ ModelPackageName: arn });
});

test.each([
  ["Approved", "looked at", "by eve: looked at"],
  ["Rejected", undefined, "by eve"],
] as const)("a decision sets %s, with who decided and why", async (status, reason, kept) => {
  mock.on(UpdateModelPackageCommand).resolves({});
  await setApproval(sagemaker, arn, status, { by: "eve", reason });
  expect(mock.call(0).args[0].input).toEqual({
    ModelPackageArn: arn,
    ModelApprovalStatus: status,
    ApprovalDescription: kept,
  });
});
