import { regionalArn, type AccountRegion } from "../../core/arns";
import type { Condition } from "../../core/policy";
import {
  allow,
  sagemakerArn,
  startStatements,
  type IamStatement,
  type PermissionScope,
} from "../definition/permissions";
import type { Payload, Reference, RunName } from "./values";

/** What a task must know to say which permissions it needs. */
export interface WorkflowScope extends AccountRegion {
  /** Accounts whose buckets its jobs read and write. */
  readonly bucketAccounts: readonly string[];
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
export interface Retrier {
  readonly errors: readonly string[];
  /** Seconds before the first retry. */
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
}

/** What a Task state does, and what its execution needs. */
export interface Task<Output extends string = string> {
  /** The integration behind `arn:aws:states:::`, such as `lambda:invoke`. */
  readonly resource: string;
  readonly parameters: Payload;
  /** What later states may refer to: where it stands in the result, as a JSONPath. */
  readonly outputs: Readonly<Record<Output, string>>;
  readonly retries: readonly Retrier[];
  /** Seconds until it fails with `States.Timeout`. Without, Step Functions waits for a year. */
  readonly timeoutSeconds: number | Reference;
  /** What the state machine's role must be allowed. */
  permissions(scope: WorkflowScope): IamStatement[];
  /** What the role of the job that it starts must be allowed. */
  jobPermissions(scope: WorkflowScope): IamStatement[];
}

/** For six minutes: throttling, which SageMaker's integration has no name of its own for, and jobs that are too many at a time. */
export const sagemakerRetries: readonly Retrier[] = [
  {
    errors: ["SageMaker.AmazonSageMakerException"],
    intervalSeconds: 5,
    maxAttempts: 5,
    backoffRate: 2,
  },
  {
    errors: ["SageMaker.ResourceLimitExceededException"],
    intervalSeconds: 60,
    maxAttempts: 3,
    backoffRate: 2,
  },
];

/** https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception */
export const lambdaRetries: readonly Retrier[] = [
  {
    errors: [
      "Lambda.ClientExecutionTimeoutException",
      "Lambda.ServiceException",
      "Lambda.AWSLambdaException",
      "Lambda.SdkClientException",
      "Lambda.TooManyRequestsException",
    ],
    intervalSeconds: 2,
    maxAttempts: 6,
    backoffRate: 2,
  },
];

/** Of calls by `aws-sdk`, where what a service's model has no name for is called after the service. */
export const serviceRetries = (service: string): readonly Retrier[] => [
  {
    errors: [`${service}.${service}Exception`, `${service}.SdkClientException`],
    intervalSeconds: 5,
    maxAttempts: 5,
    backoffRate: 2,
  },
];

/** Of calls that may be made twice. */
export const anyFailureRetries: readonly Retrier[] = [
  { errors: ["States.TaskFailed"], intervalSeconds: 2, maxAttempts: 3, backoffRate: 2 },
];

/** A job's own longest day, and what bringing up its machines takes. */
export const jobTimeoutSeconds = 90_000;

/** As steps of pipelines ask for it: a workflow has no parameters. */
export const scopeOf = (scope: WorkflowScope, executionRoleArn: string): PermissionScope => ({
  ...scope,
  executionRoleArn,
  parameters: new Map(),
});

/**
 * Start jobs, and hear that they have ended, by a rule that Step Functions makes as the state machine's role. AWS's own template lets
 * it list the tags of everything, as it lets it tag nothing; it does both to these jobs.
 * https://docs.aws.amazon.com/step-functions/latest/dg/sagemaker-iam.html
 */
export function startJobStatements(
  scope: AccountRegion,
  kind: "Training" | "Transform",
  condition: Condition,
  { prefix }: RunName,
): IamStatement[] {
  const jobs = sagemakerArn(scope, `${kind.toLowerCase()}-job/${prefix}-*`);
  const rule = regionalArn("events", scope, `rule/StepFunctionsGetEventsForSageMaker${kind}JobsRule`);
  return [
    ...startStatements(scope, kind, condition, `${prefix}-`),
    allow(["sagemaker:ListTags"], [jobs]),
    allow(["events:PutTargets", "events:PutRule", "events:DescribeRule"], [rule]),
  ];
}

/**
 * For whoever answers a task's token. AWS knows no resource for these actions: with any but `*` each answer is refused.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html
 */
export const answerStatements = (): IamStatement[] => [
  allow(["states:SendTaskFailure", "states:SendTaskSuccess"], ["*"]),
];
