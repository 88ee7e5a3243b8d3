import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  DescribeProcessingJobCommand,
  ListPipelineExecutionsCommand,
  ListPipelineExecutionStepsCommand,
  SageMakerClient,
  StartPipelineExecutionCommand,
  type ProcessingJobStatus,
} from "@aws-sdk/client-sagemaker";
import { mockClient } from "aws-sdk-client-mock";
import { handler } from "../../../lambdas/drift-retraining";

const arn = (resource: string) => `arn:aws:sagemaker:us-east-1:222222222222:${resource}`;
const inference = arn("pipeline/inference/execution/abc");
const training = (id: string) => arn(`pipeline/train/execution/${id}`);
const checkJob = arn("processing-job/pipelines-abc-monitor");

const failure = (stepType = "QualityCheck") => ({
  time: "2026-01-01T23:05:00Z",
  detail: { pipelineExecutionArn: inference, stepName: "Monitor", stepType },
});

const sagemaker = mockClient(SageMakerClient);
const s3 = mockClient(S3Client);
const said = jest.spyOn(console, "info").mockImplementation(() => undefined);

beforeEach(() => {
  sagemaker.reset();
  s3.reset();
  said.mockClear();
  process.env.PIPELINE = "train";
  monitored({});
  sagemaker.on(ListPipelineExecutionsCommand).resolves({ PipelineExecutionSummaries: [] });
  sagemaker.on(StartPipelineExecutionCommand).resolves({ PipelineExecutionArn: training("new") });
});

interface Monitored {
  readonly job?: string;
  readonly status?: ProcessingJobStatus;
  readonly checks?: readonly string[];
}

/** The failed step, on a second page, how its job ended, and what its report says was violated. */
function monitored({ job = checkJob, status = "Completed", checks = ["baseline_drift_check"] }: Monitored) {
  const step = { StepName: "Monitor", Metadata: { QualityCheck: { ...(job && { CheckJobArn: job }) } } };
  sagemaker
    .on(ListPipelineExecutionStepsCommand)
    .resolves({ PipelineExecutionSteps: [{ StepName: "Other" }], NextToken: "more" })
    .on(ListPipelineExecutionStepsCommand, { NextToken: "more" })
    .resolves({ PipelineExecutionSteps: [step] });
  sagemaker.on(DescribeProcessingJobCommand).resolves({
    ProcessingJobStatus: status,
    ProcessingOutputConfig: {
      Outputs: [
        {
          OutputName: "quality_check_output",
          S3Output: { S3Uri: "s3://data/model/monitoring", LocalPath: "/opt", S3UploadMode: "EndOfJob" },
        },
      ],
    },
  });
  const violations = checks.map((check) => ({ feature_name: "_c1", constraint_check_type: check }));
  const Body = { transformToString: () => Promise.resolve(JSON.stringify({ violations })) };
  s3.on(GetObjectCommand).resolves({ Body: Body as never });
}

function trained(...executions: { id: string; status: string; at: string }[]) {
  sagemaker.on(ListPipelineExecutionsCommand).resolves({
    PipelineExecutionSummaries: executions.map(({ id, status, at }) => ({
      PipelineExecutionArn: training(id),
      PipelineExecutionStatus: status as "Executing",
      StartTime: new Date(at),
    })),
  });
}

const starts = () =>
  sagemaker.commandCalls(StartPipelineExecutionCommand).map(({ args: [{ input }] }) => input);
const token = async () => {
  await handler(failure());
  return starts().at(-1)?.ClientRequestToken;
};

describe("what is data drift", () => {
  test.each(["baseline_drift_check", "completeness_check", "categorical_values_check", "LessThanThreshold"])(
    "a %s starts training, by its name alone",
    async (check) => {
      monitored({ checks: ["data_type_check", check] });
      expect((await handler(failure())).decision).toBe(
        `Training ${training("new")}: Monitor of ${inference} found data drift: _c1 data_type_check, _c1 ${check}`,
      );
      expect(starts()).toEqual([
        { PipelineName: "train", ClientRequestToken: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      ]);
      expect(s3.commandCalls(GetObjectCommand)[0]?.args[0].input).toEqual({
        Bucket: "data",
        Key: "model/monitoring/constraint_violations.json",
      });
    },
  );

  test.each([
    ["its job failed, as of a missing or empty batch", { status: "Failed" }, "ended as Failed"],
    ["its job was stopped", { status: "Stopped" }, "ended as Stopped"],
    ["its job could not start, as of a quota", { job: "" }, "could not start its job"],
    [
      "the batch has other columns and text for numbers",
      { checks: ["missing_column_check", "extra_column_check", "data_type_check"] },
      "not made as the model's data are: _c1 missing_column_check",
    ],
    ["its report has no violation", { checks: [] }, "its report has no violation"],
  ])("a monitor's failure is none where %s", async (_, given, reason) => {
    monitored(given as Monitored);
    const { decision } = await handler(failure());
    expect(decision).toMatch(/^No training: Monitor of /);
    expect(decision).toContain(reason);
    expect(said).toHaveBeenCalledWith(decision);
    expect(starts()).toEqual([]);
  });

  test("a step of another kind is taken at its failure", async () => {
    expect((await handler(failure("Fail"))).decision).toMatch(/^Training .* failed$/);
    expect(s3.calls()).toEqual([]);
  });

  test.each([
    [
      "the job has not ended yet",
      () => {
        monitored({ status: "InProgress" });
      },
      "status is InProgress",
    ],
    [
      "the step is not listed",
      () => sagemaker.on(ListPipelineExecutionStepsCommand).resolves({}),
      "has no step Monitor",
    ],
    [
      "the report cannot be read",
      () => s3.on(GetObjectCommand).rejects(new Error("AccessDenied")),
      "AccessDenied",
    ],
  ])("it fails, for Lambda to try again, where %s", async (_, given, message) => {
    given();
    await expect(handler(failure())).rejects.toThrow(message);
    expect(starts()).toEqual([]);
  });
});

describe("one training at a time", () => {
  test.each(["Executing", "Stopping"])(
    "none starts while one is %s, though newer ones have ended",
    async (status) => {
      trained(
        { id: "newer", status: "Failed", at: "2026-01-01T20:00:00Z" },
        { id: "older", status, at: "2026-01-01T10:00:00Z" },
      );
      expect((await handler(failure())).decision).toContain(`No training, for ${training("older")} runs`);
      expect(starts()).toEqual([]);
    },
  );

  test("an event that comes again, or late, is answered by the training it started, which has ended", async () => {
    trained({ id: "first", status: "Succeeded", at: "2026-01-01T23:05:01Z" });
    expect((await handler(failure())).decision).toContain(`No training, for ${training("first")} ran since`);
    expect(starts()).toEqual([]);
  });

  test("drift after a training has ended starts the next", async () => {
    trained({ id: "first", status: "Succeeded", at: "2026-01-01T22:00:00Z" });
    await handler(failure());
    expect(starts()).toHaveLength(1);
  });

  test("calls at once, which see the same trainings, ask for the same one; later ones for another", async () => {
    expect(await token()).toBe(await token());
    const first = await token();
    trained({ id: "first", status: "Failed", at: "2026-01-01T22:00:00Z" });
    expect(await token()).not.toBe(first);
  });
});

test("a function that is not told its pipeline says so", async () => {
  delete process.env.PIPELINE;
  await expect(handler(failure())).rejects.toThrow("The variable PIPELINE must hold the name of a pipeline");
});
