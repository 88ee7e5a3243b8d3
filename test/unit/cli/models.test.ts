import {
  DescribeModelPackageCommand,
  ListModelPackagesCommand,
  SageMakerClient,
  UpdateModelPackageCommand,
  type ModelApprovalStatus,
} from "@aws-sdk/client-sagemaker";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { namesOfWorkload, workloadsOf } from "../../../stacks/topology";
import { readEstate } from "../../support/estate";
import { AssumeRoleCommand } from "../../support/sts";
import { jsonOf, mlops, mockSts } from "./support";

const group = "arn:aws:sagemaker:us-east-1:333333333333:model-package-group/mammo-severity-model-package";
const arnOf = (version: number) =>
  `arn:aws:sagemaker:us-east-1:333333333333:model-package/mammo-severity-model-package/${version}`;
const summary = (version: number, approval: ModelApprovalStatus) => ({
  ModelPackageArn: arnOf(version),
  ModelPackageVersion: version,
  ModelApprovalStatus: approval,
  ModelPackageStatus: "Completed" as const,
  CreationTime: new Date(Date.UTC(2025, 0, version)),
});

const estate = readEstate();
const [dev] = workloadsOf(estate);
const evaluation = `s3://${dev ? namesOfWorkload(estate, dev).dataBucket : ""}/runs/evaluation.json`;
const file = (S3Uri: string) => ({ ContentType: "application/json", S3Uri });

const session = "arn:aws:sts::333333333333:assumed-role/mlops-approver/mlops-eve";
const described = {
  ModelPackageArn: arnOf(3),
  ModelPackageVersion: 3,
  ModelApprovalStatus: "Approved" as const,
  ApprovalDescription: "looked at",
  ModelPackageStatus: "Completed" as const,
  CreationTime: new Date(Date.UTC(2025, 0, 3)),
  LastModifiedTime: new Date(Date.UTC(2025, 0, 4)),
  LastModifiedBy: { IamIdentity: { Arn: session, SourceIdentity: "eve@example.com" } },
  InferenceSpecification: {
    Containers: [{ Image: "xgboost:3.0-5", ImageDigest: "abc", ModelDataUrl: "s3://artifacts/model.tar.gz" }],
  },
  ModelMetrics: { ModelQuality: { Statistics: file(evaluation) } },
  DriftCheckBaselines: { ModelDataQuality: { Statistics: file("s3://a/statistics.json") } },
};

const sagemaker = mockClient(SageMakerClient);
const s3 = mockClient(S3Client);
let sts: ReturnType<typeof mockSts>["roles"];

const content = (text: string) => ({ Body: { transformToString: () => Promise.resolve(text) } as never });

beforeEach(() => {
  sts = mockSts().roles;
  sagemaker.reset();
  s3.reset();
  sagemaker.on(ListModelPackagesCommand).resolves({
    ModelPackageSummaryList: [
      summary(3, "Approved"),
      summary(2, "PendingManualApproval"),
      summary(1, "PendingManualApproval"),
    ],
  });
  sagemaker.on(UpdateModelPackageCommand).resolves({});
  sagemaker.on(DescribeModelPackageCommand).resolves(described);
  s3.on(GetObjectCommand).resolves(content('{"classification_metrics": {"auc": {"value": 0.9}}}'));
});

const assumedRoles = () => sts.commandCalls(AssumeRoleCommand).map(({ args: [{ input }] }) => input.RoleArn);

describe("list", () => {
  test.each(["dev", "prod", "registry"])("of %s asks the central registry's account", async (environment) => {
    expect((await mlops(`models list ${environment} mammo-severity`)).code).toBe(0);
    expect(assumedRoles()).toEqual(["arn:aws:iam::333333333333:role/OrganizationAccountAccessRole"]);
    expect(sagemaker.call(0).args[0].input).toMatchObject({ ModelPackageGroupName: group });
  });

  test("has the versions, newest first", async () => {
    expect((await mlops("models list prod mammo-severity")).out.split("\n").slice(0, 3)).toEqual([
      "VERSION  APPROVAL               REGISTERED               MODEL PACKAGE",
      `3        Approved               2025-01-03 00:00:00 UTC  ${arnOf(3)}`,
      `2        PendingManualApproval  2025-01-02 00:00:00 UTC  ${arnOf(2)}`,
    ]);
    expect(jsonOf(await mlops("models list prod mammo-severity --json"))).toMatchObject([
      { version: 3, approval: "Approved", modelPackageArn: arnOf(3) },
      { version: 2 },
      { version: 1 },
    ]);
  });

  test("says where no version is registered yet", async () => {
    sagemaker.on(ListModelPackagesCommand).resolves({});
    expect((await mlops("models list prod mammo-severity")).out).toBe(
      "mammo-severity-model-package has no version yet\n",
    );
  });
});

describe("show", () => {
  test("tells of the newest version, with the metrics from the account that trained it", async () => {
    expect((await mlops("models show prod mammo-severity")).out).toBe(
      [
        "Version       3",
        `Package       ${arnOf(3)}`,
        "Approval      Approved (looked at)",
        "Status        Completed",
        "Registered    2025-01-03 00:00:00 UTC",
        `Last changed  2025-01-04 00:00:00 UTC by ${session} (eve@example.com)`,
        "Metrics       auc 0.9000",
        `Evaluation    ${evaluation}`,
        "Model data    s3://artifacts/model.tar.gz",
        "Image         xgboost:3.0-5",
        "Image digest  abc",
        "Statistics    s3://a/statistics.json",
        "",
      ].join("\n"),
    );
    expect(assumedRoles()).toContain("arn:aws:iam::111111111111:role/OrganizationAccountAccessRole");
  });

  test("tells of the version asked for", async () => {
    await mlops("models show prod mammo-severity 1 --json");
    expect(sagemaker.commandCalls(DescribeModelPackageCommand)[0]?.args[0].input).toEqual({
      ModelPackageName: arnOf(1),
    });
  });

  test("tells the rest where the metrics cannot be read", async () => {
    s3.on(GetObjectCommand).rejects(Object.assign(new Error("gone"), { name: "NoSuchKey", $metadata: {} }));
    const { code, out } = await mlops("models show prod mammo-severity");
    expect(code).toBe(0);
    expect(out).toContain("Metrics       could not be read: NoSuchKey: gone\n");
    expect(out).toContain("Image         xgboost:3.0-5\n");
  });

  test("tells that no environment has an evaluation's bucket", async () => {
    const elsewhere = { ModelQuality: { Statistics: file("s3://elsewhere/evaluation.json") } };
    sagemaker.on(DescribeModelPackageCommand).resolves({ ...described, ModelMetrics: elsewhere });
    expect(jsonOf(await mlops("models show prod mammo-severity --json"))).toMatchObject({
      version: 3,
      metricsUnreadable: "could not be read: no environment has the bucket elsewhere",
    });
  });
});

describe("decisions", () => {
  const updates = () =>
    sagemaker.commandCalls(UpdateModelPackageCommand).map(({ args: [{ input }] }) => input);

  test.each([
    ["approve", "Approved"],
    ["reject", "Rejected"],
  ])("%s takes the newest version that waits", async (command, status) => {
    const { code, out } = await mlops(`models ${command} prod mammo-severity --reason fine`);
    expect(code).toBe(0);
    expect(out).toBe(`Version 2 of mammo-severity: PendingManualApproval → ${status}\n${arnOf(2)}\n`);
    expect(updates()).toEqual([
      {
        ModelPackageArn: arnOf(2),
        ModelApprovalStatus: status,
        ApprovalDescription: expect.stringMatching(/^by .+: fine$/) as string,
      },
    ]);
  });

  test("a version that was decided on can be decided on again, by its number", async () => {
    const ran = await mlops("models reject prod mammo-severity 3 --json");
    expect(jsonOf(ran)).toMatchObject({ version: 3, before: "Approved", approval: "Rejected" });
    expect(updates()).toMatchObject([{ ModelPackageArn: arnOf(3), ModelApprovalStatus: "Rejected" }]);
  });

  test("no version that waits, or none of that number, is refused with what there is", async () => {
    const { code, err } = await mlops("models approve prod mammo-severity 9");
    expect({ code, err }).toEqual({
      code: 2,
      err: "Model mammo-severity has no version 9; there is: 3 (Approved), 2 (PendingManualApproval), 1 (PendingManualApproval)\n",
    });
    sagemaker.on(ListModelPackagesCommand).resolves({ ModelPackageSummaryList: [summary(1, "Rejected")] });
    expect((await mlops("models approve prod mammo-severity")).err).toBe(
      "Model mammo-severity has no version that waits for approval; there is: 1 (Rejected)\n",
    );
    expect(updates()).toEqual([]);
  });
});
