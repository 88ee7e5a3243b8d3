import type { CreateTrainingJobRequest } from "@aws-sdk/client-sagemaker";
import { askLocalAws, type LocalAwsAddress } from "../../tools/local-aws/address";
import type { StepResult, Work } from "./work";

/** What SageMaker's own side of local AWS answers to the worker; AWS clients never see it. */

export type { CallbackAnswer, DescribedModel, StandingJob, StartedExecution, StepResult } from "./work";

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
  /** What a training job's log told last, by the name of the metric. */
  readonly metrics?: Readonly<Record<string, number>>;
  readonly startTime: string;
  readonly endTime: string;
}

/** A training job that a tuning job launches: SageMaker makes it, no role. */
export interface Trial {
  readonly account: string;
  readonly region: string;
  readonly tuningJob: string;
  readonly request: CreateTrainingJobRequest;
  /** The hyperparameters that were chosen for it. */
  readonly tuned: Readonly<Record<string, string>>;
}

export type FinishedTuning = Pick<
  FinishedJob,
  "account" | "region" | "name" | "status" | "failureReason" | "endTime"
>;

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

  /**
   * Waits for work, or for seconds, or until the signal.
   * @throws SupersededError
   */
  async awaitWork(signal: AbortSignal): Promise<void> {
    await this.call("AwaitWork", {}, signal);
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

  /** @returns its ARN */
  async startTrial(trial: Trial): Promise<string> {
    return (await this.call<{ readonly arn: string }>("StartTrial", { ...trial })).arn;
  }

  async finishTuning(tuning: FinishedTuning): Promise<void> {
    await this.call("FinishTuning", { ...tuning });
  }

  private async call<Answer>(
    action: string,
    body: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
  ): Promise<Answer> {
    const response = await askLocalAws(this.address, action, { worker: this.worker, ...body }, signal);
    const answer = (await response.json()) as Answer & { readonly message?: string };
    if (response.ok) return answer;
    const message = answer.message ?? `${action} answered with ${response.status}`;
    throw response.status === 409 ? new SupersededError(message) : new ServiceSideError(message);
  }
}
