import { CloudWatchLogsClient, paginateFilterLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateProcessingJobCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { ControlPlane, type FinishedJob } from "../../../emulator/runner/control-plane";
import { startExecution } from "../../../operate/executions";
import type { AppliedEstate } from "../../support/applied-estate";

const account = "222222222222";
const region = "us-east-1";
const bucket = "mlops-prod-sagemaker-data-222222222222";
const inference = "mammo-severity-inference-pipeline";

/** How the monitor of one execution ends. */
export interface MonitorEnd {
  /** Of its job. @default the job never started */
  readonly job?: FinishedJob["status"];
  /** Checks that its report says were violated. @default there is no report */
  readonly violated?: readonly string[];
}

/** Prod's inference, with a monitor that ends as a test says, as SageMaker's own side would have it. */
export class Monitor {
  private constructor(
    private readonly clients: { readonly sagemaker: SageMakerClient; readonly s3: S3Client },
    private readonly logs: CloudWatchLogsClient,
    private readonly controlPlane: ControlPlane,
    private readonly step: string,
  ) {}

  static async start(applied: AppliedEstate, step: string): Promise<Monitor> {
    const access = await applied.access("prod");
    const controlPlane = new ControlPlane(applied.localAws, "test");
    await controlPlane.register();
    const clients = {
      sagemaker: new SageMakerClient(access),
      s3: new S3Client({ ...access, forcePathStyle: true }),
    };
    return new Monitor(clients, new CloudWatchLogsClient(access), controlPlane, step);
  }

  /** Fails the monitor of an execution of its own. @returns the execution's ARN, once rules have had the event */
  async fail({ job, violated }: MonitorEnd): Promise<string> {
    const execution = await startExecution(this.clients.sagemaker, { pipeline: inference });
    await this.controlPlane.takeWork();
    const id = execution.replace(/^.*\//, "");
    const folder = `mammo-severity/inference/${id}/monitoring`;
    const CheckJobArn = job && (await this.runJob(`pipelines-${id}-monitor`, folder, job));
    if (violated) await this.report(folder, violated);
    const now = new Date().toISOString();
    await this.controlPlane.recordStep(execution, {
      StepName: this.step,
      StepType: "QualityCheck",
      StepStatus: "Failed",
      StartTime: now,
      EndTime: now,
      FailureReason: "ClientError: the monitor failed",
      Metadata: { QualityCheck: { CheckType: "DATA_QUALITY", ...(CheckJobArn && { CheckJobArn }) } },
    });
    return execution;
  }

  /** Ends every training that runs. */
  async endTraining(arn: string): Promise<void> {
    await this.controlPlane.takeWork();
    await this.controlPlane.recordExecution(arn, "Succeeded");
  }

  /** What prod's functions have logged, oldest first. */
  async logged(): Promise<string[]> {
    return functionLog(this.logs);
  }

  private async runJob(name: string, folder: string, status: FinishedJob["status"]): Promise<string> {
    const { ProcessingJobArn = "" } = await this.clients.sagemaker.send(
      new CreateProcessingJobCommand({
        ProcessingJobName: name,
        AppSpecification: { ImageUri: "156813124566.dkr.ecr.us-east-1.amazonaws.com/analyzer" },
        ProcessingResources: {
          ClusterConfig: { InstanceCount: 1, InstanceType: "ml.c5.xlarge", VolumeSizeInGB: 120 },
        },
        RoleArn: `arn:aws:iam::${account}:role/sagemaker-execution-role-mammo-severity`,
        ProcessingOutputConfig: {
          Outputs: [
            {
              OutputName: "quality_check_output",
              S3Output: {
                S3Uri: `s3://${bucket}/${folder}`,
                LocalPath: "/opt/out",
                S3UploadMode: "EndOfJob",
              },
            },
          ],
        },
      }),
    );
    const now = new Date().toISOString();
    const job = { kind: "processing", account, region, name, status, startTime: now, endTime: now } as const;
    await this.controlPlane.finishJob(job);
    return ProcessingJobArn;
  }

  private async report(folder: string, checks: readonly string[]): Promise<void> {
    const violations = checks.map((check) => ({ feature_name: "_c1", constraint_check_type: check }));
    await this.clients.s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: `${folder}/constraint_violations.json`,
        Body: JSON.stringify({ violations }),
      }),
    );
  }
}

/** What the functions of an account have logged, oldest first. */
export async function functionLog(client: CloudWatchLogsClient): Promise<string[]> {
  const lines: string[] = [];
  for await (const { events = [] } of paginateFilterLogEvents(
    { client },
    { logGroupName: "/mlops/functions" },
  ))
    lines.push(...events.map(({ message = "{}" }) => (JSON.parse(message) as { message: string }).message));
  return lines;
}
