import { stringParameter } from "../definition";

/**
 * What the jobs run on where an execution does not say. AWS's default quotas are 0 for nearly every type: of those for
 * processing, `ml.t3.medium`, `.large` (4 each) and `.xlarge` (2) have one, and the analyzer of Model Monitor needs the 8 GB of
 * `.large`. For training and transform jobs none has, so that a new account asks for one of each (docs/quotas.md).
 */
export const processingInstanceType = stringParameter("ProcessingInstanceType", "ml.t3.large");
export const trainingInstanceType = stringParameter("TrainingInstanceType", "ml.m5.xlarge");
export const transformInstanceType = stringParameter("TransformInstanceType", "ml.m5.xlarge");
