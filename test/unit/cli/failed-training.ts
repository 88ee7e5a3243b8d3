import {
  DescribePipelineCommand,
  DescribePipelineDefinitionForExecutionCommand,
  DescribePipelineExecutionCommand,
  ListPipelineExecutionsCommand,
  ListPipelineExecutionStepsCommand,
  ListPipelineParametersForExecutionCommand,
  ListPipelinesCommand,
  SageMakerClient,
  StartPipelineExecutionCommand,
  type PipelineExecutionStep,
} from "@aws-sdk/client-sagemaker";
import { mockClient } from "aws-sdk-client-mock";
import { mockSts } from "./support";

export const train = "mammo-severity-train-pipeline";
export const trainArn = `arn:aws:sagemaker:us-east-1:111111111111:pipeline/${train}`;
export const execution = `${trainArn}/execution/abc`;
export const at = (seconds: number) => new Date(Date.UTC(2025, 0, 31, 23, 0, seconds));

export const definition = {
  Version: "2020-12-01",
  Parameters: [
    { Name: "Threshold", Type: "Float", DefaultValue: 0.5 },
    { Name: "Rounds", Type: "Integer", DefaultValue: 3 },
    { Name: "Approval", Type: "String", DefaultValue: "No", EnumValues: ["Yes", "No"] },
    { Name: "Data", Type: "String" },
  ],
  Steps: [
    { Name: "Prepare", Type: "Processing" },
    { Name: "Fit", Type: "Training" },
    { Name: "Check", Type: "QualityCheck" },
    { Name: "Register", Type: "RegisterModel" },
  ],
};

const steps: readonly PipelineExecutionStep[] = [
  {
    StepName: "Prepare",
    StepStatus: "Succeeded",
    StartTime: at(0),
    EndTime: at(3),
    CacheHitResult: { SourcePipelineExecutionArn: `${trainArn}/execution/older` },
    Metadata: { ProcessingJob: { Arn: "arn:aws:sagemaker:us-east-1:111111111111:processing-job/prepare-1" } },
  },
  {
    StepName: "Fit",
    StepStatus: "Failed",
    StartTime: at(3),
    EndTime: at(136),
    AttemptCount: 2,
    FailureReason: "ClientError: no rows",
    Metadata: { TrainingJob: { Arn: "arn:aws:sagemaker:us-east-1:111111111111:training-job/fit-1" } },
  },
];

/** What `show` prints of the execution. */
export const shown = `Execution   ${execution}
Pipeline    ${train} in dev (111111111111)
Status      Failed after 2 min 16 s
Started     2025-01-31 23:00:00 UTC
Reason      Step failure: One or multiple steps failed.
Parameters  Data=s3://data/rows.csv

STEP      KIND           STATUS     TIME
Prepare   Processing     Succeeded  3.0 s       cached from older
Fit       Training       Failed     2 min 13 s  attempt 2
Check     QualityCheck   not run
Register  RegisterModel  not run

Fit: ClientError: no rows
`;

/** SageMaker in an account with a pipeline of configuration's and one made by hand; the former's execution has failed. */
export function mockSageMaker() {
  mockSts();
  const sagemaker = mockClient(SageMakerClient);
  const PipelineDefinition = JSON.stringify(definition);
  sagemaker.on(DescribePipelineCommand).resolves({ PipelineDefinition });
  sagemaker.on(DescribePipelineDefinitionForExecutionCommand).resolves({ PipelineDefinition });
  sagemaker.on(ListPipelineParametersForExecutionCommand).resolves({
    PipelineParameters: [{ Name: "Data", Value: "s3://data/rows.csv" }],
  });
  sagemaker.on(ListPipelineExecutionStepsCommand).resolves({ PipelineExecutionSteps: [...steps] });
  sagemaker.on(DescribePipelineExecutionCommand).resolves({
    PipelineArn: trainArn,
    PipelineExecutionDisplayName: "execution-1738364400000",
    PipelineExecutionStatus: "Failed",
    FailureReason: "Step failure: One or multiple steps failed.",
    CreationTime: at(0),
    LastModifiedTime: at(136),
  });
  sagemaker.on(StartPipelineExecutionCommand).resolves({ PipelineExecutionArn: execution });
  sagemaker.on(ListPipelinesCommand).resolves({
    PipelineSummaries: [
      { PipelineName: "by-hand", PipelineArn: "arn:by-hand", LastModifiedTime: at(0) },
      { PipelineName: train, PipelineArn: trainArn, LastModifiedTime: at(0), LastExecutionTime: at(1) },
    ],
  });
  sagemaker.on(ListPipelineExecutionsCommand).resolves({
    PipelineExecutionSummaries: [
      {
        PipelineExecutionArn: execution,
        PipelineExecutionStatus: "Failed",
        StartTime: at(0),
        PipelineExecutionFailureReason: "Step failure",
      },
      {
        PipelineExecutionArn: `${trainArn}/execution/older`,
        PipelineExecutionStatus: "Succeeded",
        StartTime: at(0),
        PipelineExecutionDisplayName: "try-1",
      },
    ],
  });
  return sagemaker;
}
