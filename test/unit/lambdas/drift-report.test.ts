import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  DescribeProcessingJobCommand,
  ListPipelineExecutionStepsCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { mockClient } from "aws-sdk-client-mock";
import { driftIn } from "../../../lambdas/drift-retraining/drift";

const sagemaker = mockClient(SageMakerClient);
const s3 = mockClient(S3Client);
const clients = { sagemaker: new SageMakerClient(), s3: new S3Client() };
const failure = { pipelineExecutionArn: "arn:execution", stepName: "Monitor", stepType: "QualityCheck" };

/** What is found in the report of a monitor whose job completed. */
function found(report: string) {
  const Metadata = { QualityCheck: { CheckJobArn: "arn:job/monitor" } };
  sagemaker
    .on(ListPipelineExecutionStepsCommand)
    .resolves({ PipelineExecutionSteps: [{ StepName: "Monitor", Metadata }] });
  const S3Output = { S3Uri: "s3://data/reports", LocalPath: "/opt", S3UploadMode: "EndOfJob" as const };
  sagemaker.on(DescribeProcessingJobCommand).resolves({
    ProcessingJobStatus: "Completed",
    ProcessingOutputConfig: { Outputs: [{ OutputName: "report", S3Output }] },
  });
  const Body = { transformToString: () => Promise.resolve(report) };
  s3.on(GetObjectCommand).resolves({ Body: Body as never });
  return driftIn(clients, failure);
}

test("of a report that names thousands of columns, the first are named, and the others counted", async () => {
  const violation = { feature_name: "_c1", constraint_check_type: "baseline_drift_check" };
  const { drift, reason } = await found(
    JSON.stringify({ violations: Array.from({ length: 100_000 }, () => violation) }),
  );
  expect(drift).toBe(true);
  expect(reason).toMatch(/^found data drift: .*, _c1 baseline_drift_check, and 99980 more$/);
  expect(reason.length).toBeLessThan(1000);
});

test.each(["null", "{}", '{"violations": null}', '{"violations": [null]}', '{"violations": [{}]}'])(
  "a report that does not say what was violated is no drift, but an error: %s",
  async (report) => {
    await expect(found(report)).rejects.toThrow(
      "s3://data/reports/constraint_violations.json must have a list of violations, each with its constraint_check_type",
    );
  },
);
