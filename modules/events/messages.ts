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

/** Which run of a workflow came to no good end, by the name of its end; the cause may quote data. */
export const workflowFailureMessage: AlertMessage = {
  variables: {
    account: "$.account",
    region: "$.region",
    time: "$.time",
    execution: "$.detail.executionArn",
    status: "$.detail.status",
    error: "$.detail.error",
  },
  lines: [
    "A run of a workflow has ended: <status>, <error>.",
    "Workflow.NotTold: its model serves. Any other: what served before serves on, unless the run had begun to deploy.",
    "Run:    <execution>",
    "Reason: npx mlops workflows show <execution>",
    placeLine,
  ],
};

/** Which execution failed; the step's own alert says which it was. */
export const executionFailureMessage: AlertMessage = {
  variables: executionVariables,
  lines: ["A pipeline execution failed.", ...whereLines, placeLine],
};

/** Which build of an image failed; its log is in the account. */
export const buildFailureMessage: AlertMessage = {
  variables: {
    account: "$.account",
    region: "$.region",
    time: "$.time",
    pipeline: "$.detail.pipeline",
    execution: "$.detail.execution-id",
  },
  lines: [
    "An image was not built: nothing new is trained or served.",
    "Pipeline:  <pipeline>",
    "Execution: <execution>",
    "Reason:    aws codepipeline list-action-executions --pipeline-name <pipeline> --filter pipelineExecutionId=<execution>",
    placeLine,
  ],
};

/** Which image no workflow was started with, and how to see what its scan found. */
export const scanMessage: AlertMessage = {
  variables: {
    account: "$.account",
    region: "$.region",
    time: "$.time",
    status: "$.detail.scan-status",
    repository: "$.detail.repository-name",
    digest: "$.detail.image-digest",
  },
  lines: [
    "An image was not found clean: no workflow was started with it.",
    "Image:  <repository>, <digest>",
    "Scan:   <status>",
    "Reason: aws ecr describe-image-scan-findings --repository-name <repository> --image-id imageDigest=<digest>",
    placeLine,
  ],
};
