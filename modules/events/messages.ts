import type { AlertMessage } from "./failure-alert";

const executionVariables = {
  account: "$.account",
  region: "$.region",
  time: "$.time",
  pipeline: "$.detail.pipelineArn",
  execution: "$.detail.pipelineExecutionArn",
};

const whereLines = ["Pipeline:  <pipeline>", "Execution: <execution>"];
const placeLine = "Account <account>, <region>, <time>";

/** Which step of which execution failed, and why. */
export const stepFailureMessage: AlertMessage = {
  variables: {
    ...executionVariables,
    step: "$.detail.stepName",
    kind: "$.detail.stepType",
    reason: "$.detail.failureReason",
  },
  lines: ["Step <step> (<kind>) failed.", ...whereLines, "Reason:    <reason>", placeLine],
};

/** Which execution failed; the step's own alert says why, where it was a step. */
export const executionFailureMessage: AlertMessage = {
  variables: executionVariables,
  lines: ["A pipeline execution failed.", ...whereLines, placeLine],
};
