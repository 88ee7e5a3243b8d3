import { StepReference, toJson, type Argument, type Json } from "./values";

/** https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps.html */
export const stepKinds = [
  "Processing",
  "Training",
  "Transform",
  "Model",
  "RegisterModel",
  "Lambda",
  "Condition",
  "Fail",
  "QualityCheck",
  "Callback",
  "Tuning",
] as const;
export type StepKind = (typeof stepKinds)[number];

/** https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-caching.html */
export interface CacheConfig {
  readonly enabled: boolean;
  /** ISO 8601 duration, such as `P30D`. */
  readonly expireAfter?: string;
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-retry-policy.html */
export type RetryPolicy<Exception = StepException | JobException> = {
  readonly exceptionTypes: readonly Exception[];
  /** Seconds before the first retry. @default SageMaker's: 1 */
  readonly intervalSeconds?: number;
  readonly backoffRate?: number;
} & (
  | { readonly maxAttempts: number; readonly expireAfterMinutes?: never }
  | { readonly expireAfterMinutes: number; readonly maxAttempts?: never }
);

/** Of the calls that a step makes. */
type StepException = "Step.SERVICE_FAULT" | "Step.THROTTLING";

/** Of the job that a step starts, spelt as AWS's SDK does; its guide has another word for the second. */
type JobException = "SageMaker.JOB_INTERNAL_ERROR" | "SageMaker.CAPACITY_ERROR" | "SageMaker.RESOURCE_LIMIT";

/** For five minutes; SageMaker's own tries end after half a minute. */
const callRetries: RetryPolicy<StepException> = {
  exceptionTypes: ["Step.SERVICE_FAULT", "Step.THROTTLING"],
  intervalSeconds: 10,
  backoffRate: 2,
  maxAttempts: 5,
};

/** After one, two and four minutes. A resource limit is none of them: a quota of nothing does not grow by waiting. */
const jobRetries: RetryPolicy<JobException> = {
  exceptionTypes: ["SageMaker.JOB_INTERNAL_ERROR", "SageMaker.CAPACITY_ERROR"],
  intervalSeconds: 60,
  backoffRate: 2,
  maxAttempts: 3,
};

/** SageMaker takes policies for no other kinds of step, and those of jobs only for jobs. */
const defaultRetries: Partial<Record<StepKind, readonly RetryPolicy[]>> = {
  Processing: [callRetries, jobRetries],
  Training: [callRetries, jobRetries],
  Transform: [callRetries, jobRetries],
  Model: [callRetries],
  RegisterModel: [callRetries],
};

/** What every step may have. */
export interface StepProps {
  /** Steps that must have ended first, beside those whose outputs this one uses. @default none */
  readonly dependsOn?: readonly Step[];
  readonly displayName?: string;
  readonly description?: string;
}

/** Of kinds whose outcome SageMaker can take from an earlier execution. */
export interface CachedStepProps extends StepProps {
  readonly cache?: CacheConfig;
}

/** Of kinds whose calls SageMaker can try again. */
export interface RetriedStepProps extends StepProps {
  /** @default services' faults and throttling, for five minutes */
  readonly retryPolicies?: readonly RetryPolicy<StepException>[];
}

/** Of kinds that start a job, which SageMaker can start again. */
export interface JobStepProps extends CachedStepProps {
  /** @default services' faults and throttling, for five minutes; a job's internal and capacity errors, three times */
  readonly retryPolicies?: readonly RetryPolicy[];
}

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_PipelineExecutionStep.html */
const namePattern = /^[A-Za-z0-9_-]{1,64}$/;

/** One step of a pipeline: what it does, and what others may refer to. */
export abstract class Step {
  constructor(
    readonly name: string,
    readonly kind: StepKind,
    protected readonly common: JobStepProps = {},
  ) {
    if (!namePattern.test(name)) {
      throw new Error(`step name must be 1 to 64 letters, digits, dashes and underscores, got: "${name}"`);
    }
  }

  /** `Arguments` of the step. */
  abstract arguments(): Argument;

  /** Further keys of the step beside `Arguments`. @default none */
  protected extras(): Argument {
    return {};
  }

  /** Steps inside this one. @default none */
  nested(): readonly Step[] {
    return [];
  }

  get dependsOn(): readonly Step[] {
    return this.common.dependsOn ?? [];
  }

  /** Everything in the step that may hold references, nested steps left out. */
  content(): Argument {
    return [this.arguments(), this.extras()];
  }

  toJSON(): Json {
    const { cache, retryPolicies = defaultRetries[this.kind] ?? [], displayName, description } = this.common;
    return toJson({
      Name: this.name,
      Type: this.kind,
      Arguments: this.arguments(),
      ...(this.extras() as object),
      DisplayName: displayName,
      Description: description,
      DependsOn: this.dependsOn.length > 0 ? this.dependsOn.map(({ name }) => name) : undefined,
      CacheConfig: cache && { Enabled: cache.enabled, ExpireAfter: cache.expireAfter },
      RetryPolicies: retryPolicies.length > 0 ? retryPolicies.map(renderRetryPolicy) : undefined,
    });
  }

  protected reference(path: string): StepReference {
    return new StepReference(this, path);
  }
}

const renderRetryPolicy = (policy: RetryPolicy): Argument => ({
  ExceptionType: policy.exceptionTypes,
  IntervalSeconds: policy.intervalSeconds,
  BackoffRate: policy.backoffRate,
  MaxAttempts: policy.maxAttempts,
  ExpireAfterMin: policy.expireAfterMinutes,
});
