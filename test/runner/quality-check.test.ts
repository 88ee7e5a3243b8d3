import {
  CreateModelPackageCommand,
  CreateModelPackageGroupCommand,
  DescribeProcessingJobCommand,
  type ModelApprovalStatus,
} from "@aws-sdk/client-sagemaker";
import { executionIdOf } from "../../core/execution-id";
import { bucket, RunnerSandbox } from "../support/runner-sandbox";
import { qualityOutput, qualityStep, type QualitySettings } from "../support/quality-step";

const sandbox = new RunnerSandbox();
const data = (name: string) => `s3://${bucket}/data/${name}/rows.csv`;

/** Rows of two columns, the first shifted. */
const rows = (shift: number) =>
  Array.from({ length: 300 }, (_, row) => `${((row * 37) % 100) + shift},${row % 5}\n`).join("");

interface Baseline {
  readonly SuppliedBaselineStatistics: string;
  readonly SuppliedBaselineConstraints: string;
}
let supplied: Baseline;

let count = 0;

/** Runs a check of a data set. */
async function check(dataset: "like" | "shifted", settings: QualitySettings) {
  const name = `quality-${(count += 1)}`;
  await sandbox.deploy(name, { Steps: [qualityStep(data(dataset), settings)] });
  const { arn, status, steps } = await sandbox.run(name);
  const output = qualityOutput(executionIdOf(arn));
  const calculated = { statistics: `${output}/statistics.json`, constraints: `${output}/constraints.json` };
  const { Metadata, FailureReason } = steps.Quality ?? {};
  return { status, reason: FailureReason, metadata: Metadata?.QualityCheck, output, calculated };
}

const newVersion = (group: string, ModelApprovalStatus: ModelApprovalStatus, folder: string) =>
  sandbox.sagemaker.send(
    new CreateModelPackageCommand({
      ModelPackageGroupName: group,
      ModelApprovalStatus,
      InferenceSpecification: {
        Containers: [{ Image: "image", ModelDataUrl: `s3://${bucket}/model.tar.gz` }],
        SupportedContentTypes: ["text/csv"],
        SupportedResponseMIMETypes: ["text/csv"],
      },
      DriftCheckBaselines: {
        ModelDataQuality: {
          Statistics: { ContentType: "application/json", S3Uri: `${folder}/statistics.json` },
          Constraints: { ContentType: "application/json", S3Uri: `${folder}/constraints.json` },
        },
      },
    }),
  );

beforeAll(async () => {
  await sandbox.start();
  await sandbox.put("data/like/rows.csv", rows(0));
  await sandbox.put("data/shifted/rows.csv", rows(80));
  const { calculated } = await check("like", { SkipCheck: true, RegisterNewBaseline: true });
  supplied = {
    SuppliedBaselineStatistics: calculated.statistics,
    SuppliedBaselineConstraints: calculated.constraints,
  };
  for (const group of ["empty", "approved"])
    await sandbox.sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: group }));
  const folder = calculated.statistics.replace(/\/[^/]*$/, "");
  await newVersion("empty", "PendingManualApproval", folder);
  await newVersion("approved", "Approved", `s3://${bucket}/older`);
  await newVersion("approved", "Approved", folder);
  await newVersion("approved", "PendingManualApproval", `s3://${bucket}/newer`);
});
afterAll(() => sandbox.stop());

// https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-quality-clarify-baseline-lifecycle.html
describe.each([
  { SkipCheck: false, RegisterNewBaseline: false, used: "previous" },
  { SkipCheck: false, RegisterNewBaseline: true, used: "calculated" },
  { SkipCheck: true, RegisterNewBaseline: false, used: "previous" },
  { SkipCheck: true, RegisterNewBaseline: true, used: "calculated" },
] as const)("skip $SkipCheck, register $RegisterNewBaseline", ({ used, ...flags }) => {
  let like: Awaited<ReturnType<typeof check>>;
  let shifted: typeof like;
  beforeAll(async () => {
    const settings = { ...flags, ...supplied };
    [like, shifted] = await Promise.all([check("like", settings), check("shifted", settings)]);
  });

  test(`like data passes, and the ${used} baseline is the one to register`, () => {
    const { status, metadata, calculated } = like;
    expect(status).toBe("Succeeded");
    const previous = {
      statistics: supplied.SuppliedBaselineStatistics,
      constraints: supplied.SuppliedBaselineConstraints,
    };
    const baseline = used === "calculated" ? calculated : previous;
    expect(metadata).toEqual({
      CheckType: "DATA_QUALITY",
      ...flags,
      CheckJobArn: expect.stringContaining(":processing-job/pipelines-") as string,
      CalculatedBaselineStatistics: calculated.statistics,
      CalculatedBaselineConstraints: calculated.constraints,
      BaselineUsedForDriftCheckStatistics: baseline.statistics,
      BaselineUsedForDriftCheckConstraints: baseline.constraints,
    });
  });

  test(`shifted data ${flags.SkipCheck ? "passes unchecked" : "fails, naming its report"}`, () => {
    expect(shifted.status).toBe(flags.SkipCheck ? "Succeeded" : "Failed");
    if (flags.SkipCheck) return;
    const report = `${shifted.output}/constraint_violations.json`;
    expect(shifted.reason).toBe(`ClientError: Quality check failed. See violation report ${report}`);
    expect(shifted.metadata).toMatchObject({ ViolationReport: report });
  });
});

test("a violation that need not fail is reported, and the job says so", async () => {
  const flags = { SkipCheck: false, RegisterNewBaseline: false, FailOnViolation: false };
  const { status, metadata } = await check("shifted", { ...flags, ...supplied });
  expect(status).toBe("Succeeded");
  const report = await sandbox.get(String(metadata?.ViolationReport).replace(`s3://${bucket}/`, ""));
  expect(JSON.parse(report)).toMatchObject({
    violations: [{ feature_name: "_c0", constraint_check_type: "baseline_drift_check" }],
  });
  const ProcessingJobName = metadata?.CheckJobArn?.replace(/^.*\//, "");
  const job = await sandbox.sagemaker.send(new DescribeProcessingJobCommand({ ProcessingJobName }));
  expect(job.ExitMessage).toMatch(/^CompletedWithViolations/);
});

test("the previous baseline is that of the group's newest approved version", async () => {
  const flags = { SkipCheck: false, RegisterNewBaseline: false, ModelPackageGroupName: "approved" };
  const { status, metadata } = await check("like", flags);
  expect(status).toBe("Succeeded");
  expect(metadata).toMatchObject({
    ModelPackageGroupName: "approved",
    BaselineUsedForDriftCheckStatistics: supplied.SuppliedBaselineStatistics,
    BaselineUsedForDriftCheckConstraints: supplied.SuppliedBaselineConstraints,
  });
});

const none =
  /^ClientError: there is no previous baseline: supply one, or name a model package group with an approved/;

test.each([
  { SkipCheck: false, RegisterNewBaseline: false },
  { SkipCheck: false, RegisterNewBaseline: true },
  { SkipCheck: true, RegisterNewBaseline: false },
  { SkipCheck: false, RegisterNewBaseline: false, ModelPackageGroupName: "empty" },
])("without a previous baseline a check fails before its job: %j", async (settings) => {
  const { status, reason, metadata } = await check("like", settings);
  expect(status).toBe("Failed");
  expect(reason).toMatch(none);
  expect(metadata).toBeUndefined();
});
