import type { AlertMessage } from "./failure-alert";

const executionVariables = {
  account: "$.account",
  region: "$.region",
  time: "$.time",
  pipeline: "$.detail.pipelineArn",
  execution: "$.detail.pipelineExecutionArn",
};

const whereLines = [
  "Pipeline:  <pipeline>",
  "Execution: <execution>",
  "Reason:    npx mlops pipelines show <execution>",
];
const placeLine = "Account <account>, <region>, <time>";

/**
 * Which step of which execution failed, and how to see why: the reason is what a container says, which may quote the data, and mail
 * leaves the account in plain text.
 */
export const stepFailureMessage: AlertMessage = {
  variables: {
    ...executionVariables,
    step: "$.detail.stepName",
    kind: "$.detail.stepType",
  },
  lines: ["Step <step> (<kind>) failed.", ...whereLines, placeLine],
};

/** Which execution failed; the step's own alert says which it was. */
export const executionFailureMessage: AlertMessage = {
  variables: executionVariables,
  lines: ["A pipeline execution failed.", ...whereLines, placeLine],
};
