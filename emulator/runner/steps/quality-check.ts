import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { StepFailure } from "../execution/failure";
import { onThisMachine } from "../jobs/container";
import type { Job } from "../jobs/job";
import { latestBaseline, type Baseline } from "./latest-baseline";
import { outputsOf, runProcessingJob, type ProcessingRequest } from "./processing";
import type { Resolved, StepContext, StepResult } from "./step";

const baselineFolder = "/opt/ml/processing/baseline";

interface Settings {
  readonly CheckType: "DATA_QUALITY" | "MODEL_QUALITY";
  readonly SkipCheck?: boolean;
  readonly FailOnViolation?: boolean;
  readonly RegisterNewBaseline?: boolean;
  readonly ModelPackageGroupName?: string;
  readonly SuppliedBaselineStatistics?: string;
  readonly SuppliedBaselineConstraints?: string;
}

/**
 * How SageMaker's reason begins, by its SDK's own test against the service; what follows it is not known.
 * https://github.com/aws/sagemaker-python-sdk/blob/v2.257.1/tests/integ/sagemaker/workflow/test_quality_check_steps.py
 */
const checkFailed = "ClientError: Quality check failed. See violation report";

/**
 * Takes a baseline of the data set and, unless it has to skip that, checks it against the previous one.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-quality-clarify-baseline-lifecycle.html
 */
export async function qualityCheck(context: StepContext): Promise<StepResult> {
  const settings = context.settings as unknown as Settings;
  const { SkipCheck = false, RegisterNewBaseline = false, FailOnViolation = true } = settings;
  const previous = await previousBaseline(context, settings);
  if (!previous && !(SkipCheck && RegisterNewBaseline))
    throw new StepFailure(
      "ClientError: there is no previous baseline: supply one, or name a model package group with an approved version",
    );
  const request = withBaseline(
    context.arguments as unknown as ProcessingRequest,
    SkipCheck ? undefined : previous,
  );
  const metadata = (CheckJobArn: string, more: Resolved = {}) => ({
    QualityCheck: { ...withoutArguments(settings), ...more, CheckJobArn },
  });
  let violations = 0;
  const look = async (job: Job) => {
    violations = SkipCheck ? 0 : await violationsOf(job);
  };
  const { arn } = await runProcessingJob(context, request, { metadata, look });
  const output = outputOf(request);
  const calculated = { statistics: `${output}/statistics.json`, constraints: `${output}/constraints.json` };
  const report = `${output}/constraint_violations.json`;
  const properties = {
    CalculatedBaselineStatistics: calculated.statistics,
    CalculatedBaselineConstraints: calculated.constraints,
    ...driftCheckBaseline(RegisterNewBaseline ? calculated : previous),
    ...(violations > 0 && { ViolationReport: report }),
  };
  if (violations > 0 && FailOnViolation) {
    await context.showMetadata(metadata(arn, properties));
    throw new StepFailure(`${checkFailed} ${report}`);
  }
  return { metadata: metadata(arn, properties), properties, outputs: outputsOf(request) };
}

const driftCheckBaseline = (baseline: Baseline | undefined) => ({
  ...(baseline?.statistics && { BaselineUsedForDriftCheckStatistics: baseline.statistics }),
  ...(baseline?.constraints && { BaselineUsedForDriftCheckConstraints: baseline.constraints }),
});

const withoutArguments = ({
  CheckType,
  SkipCheck,
  RegisterNewBaseline,
  ModelPackageGroupName,
}: Settings) => ({
  CheckType,
  SkipCheck,
  RegisterNewBaseline,
  ...(ModelPackageGroupName && { ModelPackageGroupName }),
});

/** What was supplied, else the baseline of the group's newest approved version. */
async function previousBaseline(context: StepContext, settings: Settings): Promise<Baseline | undefined> {
  const supplied = {
    ...(settings.SuppliedBaselineStatistics && { statistics: settings.SuppliedBaselineStatistics }),
    ...(settings.SuppliedBaselineConstraints && { constraints: settings.SuppliedBaselineConstraints }),
  };
  if (Object.keys(supplied).length > 0) return supplied;
  if (!settings.ModelPackageGroupName || (settings.SkipCheck && settings.RegisterNewBaseline))
    return undefined;
  const { sagemaker } = await context.sessionOf();
  return latestBaseline(sagemaker, settings.ModelPackageGroupName, settings.CheckType);
}

/** The job's request with the baseline as further inputs, as the analyzer takes them. */
function withBaseline(request: ProcessingRequest, baseline: Baseline | undefined): ProcessingRequest {
  const files = Object.entries(baseline ?? {}) as [keyof Baseline, string][];
  return {
    ...request,
    ProcessingInputs: [
      ...(request.ProcessingInputs ?? []),
      ...files.map(([name, uri]) => ({
        InputName: name,
        S3Input: {
          S3Uri: uri,
          LocalPath: `${baselineFolder}/${name}`,
          S3DataType: "S3Prefix" as const,
          S3InputMode: "File" as const,
        },
      })),
    ],
    Environment: {
      ...request.Environment,
      ...Object.fromEntries(
        files.map(([name, uri]) => [
          `baseline_${name}`,
          `${baselineFolder}/${name}/${uri.replace(/^.*\//, "")}`,
        ]),
      ),
    },
  };
}

/** How many there are. */
async function violationsOf({ folder }: Job): Promise<number> {
  const output = onThisMachine(folder, "/opt/ml/processing/output");
  await mkdir(output, { recursive: true });
  const text = await readFile(join(output, "constraint_violations.json"), "utf8");
  return (JSON.parse(text) as { violations: unknown[] }).violations.length;
}

const outputOf = (request: ProcessingRequest): string =>
  (Object.values(outputsOf(request))[0] ?? "").replace(/\/$/, "");
