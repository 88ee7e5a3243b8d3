import { parseDefinition, waitsFor } from "../../emulator/runner/definition/parse";
import type { PipelineExecutionStep } from "@aws-sdk/client-sagemaker";
import type { EndedExecution } from "./executions";
import type { ExecutionReport, StepReport } from "../report/types";

/** What the story knows of an execution. */
export type Caption = Pick<ExecutionReport, "title" | "environment" | "account" | "pipeline" | "startedBy">;

export function executionReport(caption: Caption, ended: EndedExecution): ExecutionReport {
  const { arn, status, failureReason, seconds, parameters } = ended;
  return {
    ...caption,
    executionArn: arn,
    status,
    ...(failureReason && { failureReason }),
    seconds,
    parameters,
    steps: stepReports(ended),
  };
}

/** Every step of the definition, those that never ran too. */
function stepReports({ definition, steps }: EndedExecution): StepReport[] {
  const ran = new Map(steps.map((step) => [step.StepName, step]));
  const { nodes } = parseDefinition(definition);
  return [...nodes.values()].map((node) => ({
    name: node.definition.Name,
    kind: node.definition.Type,
    ...outcomeOf(ran.get(node.definition.Name)),
    after: waitsFor(node),
    ...(node.branch && { branch: node.branch }),
  }));
}

function outcomeOf(
  step: PipelineExecutionStep | undefined,
): Pick<StepReport, "status" | "seconds" | "failureReason"> {
  if (!step) return { status: "NotExecuted" };
  const { StepStatus, StartTime, EndTime, FailureReason } = step;
  const ended = StepStatus === "Succeeded" || StepStatus === "Failed" || StepStatus === "Stopped";
  return {
    status: ended ? StepStatus : "Executing",
    ...(StartTime && EndTime && { seconds: (EndTime.getTime() - StartTime.getTime()) / 1000 }),
    ...(FailureReason && { failureReason: FailureReason }),
  };
}
