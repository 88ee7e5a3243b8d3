import { join } from "node:path";
import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import {
  CreateModelPackageGroupCommand,
  DescribeModelPackageCommand,
  UpdateModelPackageCommand,
} from "@aws-sdk/client-sagemaker";
import { readText } from "../../emulator/runner/jobs/s3";
import { assembleSeed, projectFile } from "../support/assembled-seed";
import { account, RunnerSandbox } from "../support/runner-sandbox";
import { runCommands } from "../support/seed-python";
import { describeWithSdk } from "../support/with-sdk";

const roleName = (arn: string) => arn.split("/").at(-1) ?? "";

/** The three repositories of one project: pipelines as AWS's SDK renders them, run as CI runs them, as the CI role. */
describeWithSdk("a seeded project with batch transform", () => {
  const sandbox = new RunnerSandbox();
  let environment: Record<string, string>;
  let version: string;

  const run = (repository: string, lines: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    runCommands(join(sandbox.folder, repository), lines, { ...environment, ...more });

  beforeAll(async () => {
    await sandbox.start();
    const access = await sandbox.access(account);
    const { accessKeyId, secretAccessKey, sessionToken } = access.credentials;
    environment = {
      AWS_ENDPOINT_URL: access.endpoint,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
      GIT_COMMIT: "0123456789abcdef0123456789abcdef01234567",
    };
    const { KeyMetadata } = await new KMSClient(access).send(new CreateKeyCommand({}));
    await makeProject();
    for (const repository of ["preprocess", "build", "deploy"])
      assembleSeed("jenkins-batch", repository, join(sandbox.folder, repository), {
        ...projectFile,
        keyArn: KeyMetadata?.Arn,
      });
  });
  afterAll(() => sandbox.stop());

  /** What the project's template makes. */
  async function makeProject(): Promise<void> {
    await sandbox.createRole(roleName(projectFile.executionRoleArn), "sagemaker.amazonaws.com");
    const Principal = { AWS: `arn:aws:iam::${account}:root` };
    const trust = { Effect: "Allow", Principal, Action: "sts:AssumeRole" };
    await sandbox.iam.send(
      new CreateRoleCommand({
        RoleName: roleName(projectFile.ciRoleArn),
        AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
      }),
    );
    await sandbox.s3.send(new CreateBucketCommand({ Bucket: projectFile.bucket }));
    await sandbox.sagemaker.send(
      new CreateModelPackageGroupCommand({ ModelPackageGroupName: projectFile.modelPackageGroup }),
    );
  }

  test("rows are prepared, and a version is registered which says how good it is and how to test it", async () => {
    const prepared = await run("preprocess", ["ci.preprocess"]);
    expect([prepared.exitCode, prepared.output]).toEqual([
      0,
      expect.stringContaining("brought from scikit-learn"),
    ]);
    const { exitCode, output } = await run("build", ["ci.build"]);
    const [, arn, auc] = /^Version +(\S+) \(PendingManualApproval\)\nAUC +(0\.\d+)$/m.exec(output) ?? [];
    expect([exitCode, Number(auc) > 0.95]).toEqual([0, true]);
    version = arn ?? "";
    const described = await sandbox.sagemaker.send(
      new DescribeModelPackageCommand({ ModelPackageName: version }),
    );
    expect(described.MetadataProperties?.CommitId).toBe(environment.GIT_COMMIT);
    const rows = described.CustomerMetadataProperties?.HeldOutRows ?? "";
    const features = await readText(sandbox.s3, `${rows}/features.csv`);
    expect(features.trim().split("\n")).toHaveLength(114);
  });

  test("the approved version is deployed, its predictions are compared with the truth, and production follows the plan", async () => {
    await sandbox.sagemaker.send(
      new UpdateModelPackageCommand({ ModelPackageArn: version, ModelApprovalStatus: "Approved" }),
    );
    const { exitCode, output } = await run(
      "deploy",
      [
        "ci.release",
        "ci.deploy staging",
        "ci.test_staging",
        "ci.plan production",
        "ci.deploy production",
        "ci.deploy production",
      ],
      { MODEL_PACKAGE_ARN: version },
    );
    expect(output).toMatch(/^AUC .* on 114 rows, registered with/m);
    expect(output).toMatch(/^Pipeline +churn-p-abcdefghijkl-batch-production$/m);
    expect(output).toContain("- version 1, where nothing is deployed yet");
    expect(output).toMatch(/Scores +s3:\S+\/predictions\/staging\/1\/features\.csv\.out$/m);
    // The second time, production is no longer as it was when the plan was made.
    expect([exitCode, output]).toEqual([2, expect.stringContaining("has changed since the plan")]);
  });
});
