import type { VpcConfig } from "@aws-sdk/client-sagemaker";
import type { StepDefinition } from "../definition/schema";
import type { Scope } from "../definition/resolve";
import type { Callbacks } from "../execution/callbacks";
import type { RoleSession } from "../execution/role-sessions";
import type {
  ControlPlane,
  FunctionCode,
  FinishedJob,
  StandingJob,
  StartedExecution,
  StepResult,
} from "../control-plane";

export type { StepResult };

/** Values with every reference resolved. */
export type Resolved = Readonly<Record<string, unknown>>;

/** What a step finds when it runs. */
export interface StepContext {
  readonly execution: StartedExecution;
  readonly executionId: string;
  readonly definition: StepDefinition;
  /** Its `Arguments`: the request SageMaker would make. */
  readonly arguments: Resolved;
  /** Its other keys, such as a quality check's `CheckType`. */
  readonly settings: Resolved;
  readonly scope: Scope;
  /** A session of a role that SageMaker assumes; @default the role of the execution, from networks of AWS's */
  readonly sessionOf: (roleArn?: string, vpc?: VpcConfig) => Promise<RoleSession>;
  /** A session of a function's role, as Lambda assumes it. */
  readonly functionSession: (roleArn: string, functionArn: string) => Promise<RoleSession>;
  /** A function that the execution's role may call. */
  readonly functionCode: (functionArn: string) => Promise<FunctionCode>;
  readonly finishJob: (job: FinishedJob) => Promise<void>;
  /** What SageMaker does of a tuning job by itself. */
  readonly tuning: Pick<ControlPlane, "startTrial" | "finishTuning">;
  /** The job that stands already and is to be run; a pipeline's step makes its own. */
  readonly standing?: StandingJob;
  /** Lets the step's metadata be seen while it runs. */
  readonly showMetadata: (metadata: Resolved) => Promise<void>;
  readonly callbacks: Callbacks;
  /** Empty folder of this attempt, deleted afterwards. */
  readonly scratch: string;
  readonly logFile: string;
  readonly python: string;
  /** Aborts when the step is to stop. */
  readonly signal: AbortSignal;
  /** Aborts when even what SageMaker does not stop is to end: the worker ends, or a Fail step has ended everything. */
  readonly abandoned: AbortSignal;
}

export type StepKind = (context: StepContext) => Promise<StepResult>;
