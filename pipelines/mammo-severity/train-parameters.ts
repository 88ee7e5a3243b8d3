import { floatParameter, integerParameter, stringParameter } from "../definition";
import type { ModelContext } from "../model";
import { processingInstanceType, trainingInstanceType } from "./instance-types";

/** What an execution of the train pipeline may set. */
export function trainParameters(model: string, { dataBucket }: ModelContext) {
  return {
    ProcessingInstanceType: processingInstanceType,
    ProcessingInstanceCount: integerParameter("ProcessingInstanceCount", 1),
    ModelApprovalStatus: stringParameter("ModelApprovalStatus", "PendingManualApproval"),
    InputDataUrl: stringParameter("InputDataUrl", `s3://${dataBucket}/${model}/data/train-dataset/`),
    AucScoreThreshold: floatParameter("AucScoreThreshold", 0.5),
    TrainingInstanceType: trainingInstanceType,
  };
}

export type TrainParameters = ReturnType<typeof trainParameters>;
