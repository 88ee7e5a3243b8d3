export { containerImage } from "./images";
export type { Machines, MachineUse } from "./rendered/machines";
export {
  booleanParameter,
  floatParameter,
  integerParameter,
  stringParameter,
  type Parameter,
} from "./parameters";
export type { IamStatement } from "./permissions";
export { Pipeline, type PipelineProps } from "./pipeline";
export type { OwnStatement } from "./rendered/own-statement";
export { RenderedPipeline } from "./rendered/pipeline";
export type { RunTimeNeed } from "./rendered/run-time";
export { Step, type CacheConfig, type RetryPolicy, type StepKind, type StepProps } from "./step";
export type { JobVpc } from "./vpc";
export { executionId, ExecutionVariable, Join, s3Uri, type Value } from "./values";
export { CallbackStep } from "./steps/callback-step";
export { ConditionStep, type Condition } from "./steps/condition-step";
export { FailStep } from "./steps/fail-step";
export { LambdaStep } from "./steps/lambda-step";
export { ModelStep } from "./steps/model-step";
export {
  ProcessingStep,
  type ProcessingCluster,
  type ProcessingInput,
  type ProcessingOutput,
} from "./steps/processing-step";
export { QualityCheckStep } from "./steps/quality-check-step";
export { RegisterModelStep } from "./steps/register-model-step";
export { TrainingStep } from "./steps/training-step";
export { TransformStep } from "./steps/transform-step";
