/**
 * Patterns of SageMaker's events.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
 */
const source = ["aws.sagemaker"];
const stepChange = "SageMaker Model Building Pipeline Execution Step Status Change";
const executionChange = "SageMaker Model Building Pipeline Execution Status Change";

/**
 * A version of one of the groups was approved, or made so. One that is edited once it is approved tells of itself as approved, too: what
 * changed tells these apart, where an event says it.
 */
export function versionApproved(groups: readonly string[]): object {
  return {
    source,
    "detail-type": ["SageMaker Model Package State Change"],
    detail: {
      ModelPackageGroupName: groups,
      ModelPackageStatus: ["Completed"],
      ModelApprovalStatus: ["Approved"],
      UpdatedModelPackageFields: ["ModelApprovalStatus", { exists: false }],
    },
  };
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
const workflowEnd = (stateMachineArns: readonly string[], statuses: readonly string[]): object => ({
  source: ["aws.states"],
  "detail-type": ["Step Functions Execution Status Change"],
  detail: { stateMachineArn: stateMachineArns, status: statuses },
});

const badEnds = ["FAILED", "TIMED_OUT", "ABORTED"];

/** An execution of one of the state machines came to no good end, whether a state of it says so or not. */
export const workflowFailed = (stateMachineArns: readonly string[]): object =>
  workflowEnd(stateMachineArns, badEnds);

/** An execution of one of the state machines ended. */
export const workflowEnded = (stateMachineArns: readonly string[]): object =>
  workflowEnd(stateMachineArns, ["SUCCEEDED", ...badEnds]);

/** A step of one of the pipelines failed; `steps` narrows it to steps by name. */
export function stepFailed(pipelineArns: readonly string[], steps?: readonly string[]): object {
  return {
    source,
    "detail-type": [stepChange],
    detail: { pipelineArn: pipelineArns, currentStepStatus: ["Failed"], ...(steps && { stepName: steps }) },
  };
}

/** An execution of one of the pipelines ended as failed. */
export function executionFailed(pipelineArns: readonly string[]): object {
  return {
    source,
    "detail-type": [executionChange],
    detail: { pipelineArn: pipelineArns, currentPipelineExecutionStatus: ["Failed"] },
  };
}

/** An execution of a delivery pipeline failed. https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html */
export const deliveryFailed = (pipeline: string): object => ({
  source: ["aws.codepipeline"],
  "detail-type": ["CodePipeline Pipeline Execution State Change"],
  detail: { pipeline: [pipeline], state: ["FAILED"] },
});
