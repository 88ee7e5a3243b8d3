import { pipelineArn, queueArn, regionalArn, type AccountRegion } from "../../core/arns";
import type { IdentityStatement } from "../../core/policy";

/** What one trigger's function works on, by name. */
export interface RetrainingNeeds {
  /** The pipeline whose failure it looks into. */
  readonly watched: string;
  /** The pipeline it starts. */
  readonly started: string;
  readonly deadLetterQueue: string;
}

/** Jobs of pipelines have names with this prefix. */
const jobs = "processing-job/pipelines-*";

/** Identity policy of the role that starts pipelines on data drift: look into a failure, start, report its own. */
export function retrainingStatements(
  where: AccountRegion,
  needs: readonly RetrainingNeeds[],
): IdentityStatement[] {
  const started = unique(needs.map(({ started }) => pipelineArn(where, started)));
  return [
    allow(
      "Steps",
      ["sagemaker:ListPipelineExecutionSteps"],
      unique(needs.map(({ watched }) => `${pipelineArn(where, watched)}/execution/*`)),
    ),
    allow("CheckJobs", ["sagemaker:DescribeProcessingJob"], [regionalArn("sagemaker", where, jobs)]),
    allow("Start", ["sagemaker:ListPipelineExecutions", "sagemaker:StartPipelineExecution"], started),
    allow(
      "Undelivered",
      ["sqs:SendMessage"],
      unique(needs.map(({ deadLetterQueue }) => queueArn(where, deadLetterQueue))),
    ),
  ];
}

const allow = (Sid: string, Action: readonly string[], Resource: readonly string[]): IdentityStatement => ({
  Sid,
  Effect: "Allow",
  Action,
  Resource,
});

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
