import type { DescribeModelOutput } from "@aws-sdk/client-sagemaker";
import { askLocalAws, type LocalAwsAddress } from "../../tools/local-aws/address";

/** What SageMaker's own side of local AWS answers to the worker; AWS clients never see it. */

export interface StartedExecution {
  readonly executionArn: string;
  readonly pipelineArn: string;
  readonly pipelineName: string;
  readonly roleArn: string;
  readonly account: string;
  readonly region: string;
  /** The definition it was started with, as text. */
  readonly definition: string;
  readonly parameters: readonly { readonly Name: string; readonly Value: string }[];
  readonly startTime: string;
  readonly maxParallelSteps: number | null;
  /** Names of the steps to run; null for all. */
  readonly selectedSteps: readonly string[] | null;
  /** What steps gave in an earlier execution, by name, for those that are selected. */
  readonly reusedResults: Readonly<Record<string, StepResult>>;
}

/** What a step that succeeded leaves behind. */
export interface StepResult {
  /** As ListPipelineExecutionSteps shows it. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** What `{"Get": "Steps.<name>.…"}` reads. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Folders of a job's outputs in S3 by name, for property files. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** The branch a condition takes. */
  readonly branch?: "if" | "else";
}

/** A job that no pipeline started. */
export interface StandingJob {
  readonly kind: "processing" | "training" | "transform";
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  /** What made it. */
  readonly request: Readonly<Record<string, unknown>>;
  /** What a transform job serves, as SageMaker describes it. */
  readonly model?: DescribedModel;
}

export type DescribedModel = Pick<
  DescribeModelOutput,
  "PrimaryContainer" | "ExecutionRoleArn" | "EnableNetworkIsolation" | "VpcConfig"
>;

/** An answer to a callback step. */
export interface CallbackAnswer {
  readonly token: string;
  readonly status: "Success" | "Failure";
  readonly outputs: readonly { readonly Name: string; readonly Value: string }[];
  readonly reason?: string;
}

export interface Work {
  readonly executions: readonly StartedExecution[];
  readonly jobs: readonly StandingJob[];
  /** ARNs of jobs that somebody asked to stop. */
  readonly stoppingJobs: readonly string[];
  /** ARNs of executions that somebody asked to stop. */
  readonly stopping: readonly string[];
  readonly callbacks: readonly CallbackAnswer[];
}

export type StepStatus = "Starting" | "Executing" | "Stopping" | "Stopped" | "Failed" | "Succeeded";

/** A step as ListPipelineExecutionSteps shows it. Times are ISO 8601, UTC. */
export interface StepRecord {
  readonly StepName: string;
  readonly StepType: string;
  readonly StepDisplayName?: string;
  readonly StepDescription?: string;
  readonly StepStatus: StepStatus;
  readonly StartTime: string;
  readonly EndTime?: string;
  readonly FailureReason?: string;
  readonly AttemptCount?: number;
  readonly CacheHitResult?: { readonly SourcePipelineExecutionArn: string };
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface FunctionCode {
  /** Zip archive, base64. */
  readonly zip: string;
  readonly handler: string;
  readonly runtime: string;
  readonly role: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly timeout: number;
  /** MB. */
  readonly memorySize: number;
  readonly logGroup: string;
}

export interface FinishedJob {
  readonly kind: "processing" | "training" | "transform";
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly status: "Completed" | "Failed" | "Stopped";
  readonly failureReason?: string;
  readonly exitMessage?: string;
  readonly modelArtifacts?: string;
  readonly startTime: string;
  readonly endTime: string;
}

/** Another worker has taken over. */
export class SupersededError extends Error {}

/** A refusal; the message says why. */
export class ServiceSideError extends Error {}

/** SageMaker's side of local AWS, as one worker uses it. */
export class ControlPlane {
  constructor(
    private readonly address: LocalAwsAddress,
    private readonly worker: string,
  ) {}

  /** Takes over from any earlier worker; what that one left unfinished fails. */
  async register(): Promise<void> {
    await this.call("RegisterWorker", {});
  }

  /** @throws SupersededError */
  takeWork(): Promise<Work> {
    return this.call<Work>("TakeWork", {});
  }

  /** @param result of a step that has succeeded, for executions that select others */
  async recordStep(executionArn: string, step: StepRecord, result?: StepResult): Promise<void> {
    await this.call("RecordStep", { executionArn, step, ...(result && { result }) });
  }

  async recordExecution(
    executionArn: string,
    status: "Succeeded" | "Failed" | "Stopped",
    failureReason?: string,
  ): Promise<void> {
    await this.call("RecordExecution", { executionArn, status, failureReason });
  }

  /**
   * Credentials of a role that a service assumes, if the role's trust policy lets it.
   * @param sourceArn the resource on whose behalf it acts
   */
  async assumeRole(
    service: string,
    roleArn: string,
    { sessionName, sourceArn }: { readonly sessionName: string; readonly sourceArn: string },
  ): Promise<RoleCredentials> {
    const request = { service, roleArn, sessionName, sourceArn };
    const { accessKeyId, secretAccessKey, sessionToken } = await this.call<RoleCredentials>(
      "AssumeServiceRole",
      request,
    );
    return { accessKeyId, secretAccessKey, sessionToken };
  }

  /** @throws ServiceSideError where policies count and do not let the role call the function */
  async requireInvocation(roleArn: string, functionArn: string): Promise<void> {
    await this.call("RequireInvocation", { roleArn, functionArn });
  }

  functionCode(functionArn: string): Promise<FunctionCode> {
    return this.call<FunctionCode>("GetFunctionCode", { functionArn });
  }

  async finishJob(job: FinishedJob): Promise<void> {
    await this.call("FinishJob", { ...job });
  }

  private async call<Answer>(action: string, body: Readonly<Record<string, unknown>>): Promise<Answer> {
    const response = await askLocalAws(this.address, action, { worker: this.worker, ...body });
    const answer = (await response.json()) as Answer & { readonly message?: string };
    if (response.ok) return answer;
    const message = answer.message ?? `${action} answered with ${response.status}`;
    throw response.status === 409 ? new SupersededError(message) : new ServiceSideError(message);
  }
}
