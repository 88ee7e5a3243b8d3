import { floatParameter, integerParameter, stringParameter } from "../definition";
import type { ModelContext } from "../model";
import { processingInstanceType, trainingInstanceType } from "./instance-types";

/** The AUC that a version must be above, whatever an execution asks for. */
export const aucFloor = 0.5;

/** What an execution of the train pipeline may set. */
export function trainParameters(model: string, { dataBucket }: ModelContext) {
  return {
    ProcessingInstanceType: processingInstanceType,
    ProcessingInstanceCount: integerParameter("ProcessingInstanceCount", 1),
    InputDataUrl: stringParameter("InputDataUrl", `s3://${dataBucket}/${model}/data/train-dataset/`),
    AucScoreThreshold: floatParameter("AucScoreThreshold", aucFloor),
    TrainingInstanceType: trainingInstanceType,
  };
}

export type TrainParameters = ReturnType<typeof trainParameters>;
