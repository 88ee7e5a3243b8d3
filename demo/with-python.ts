import type { ModelDefinition } from "../pipelines/model";
import { inOrderOfPromotion, upstreamOf } from "../stacks/topology";
import { findGroundTruth } from "./drill/ground-truth/participants";
import { sample } from "./drill/ground-truth/sample";
import { withMoreSettings, type EstateFiles } from "./more-settings";

/** Where predictions are made, and held to what becomes of them. */
const settings = {
  inferenceSchedule: "rate(1 day)",
  monitorSchedule: "rate(7 days)",
  retrainOnWorseQuality: true,
};

/** The sample in Python or an account for it is not there. */
export class NoPythonSampleError extends Error {}

/**
 * An estate with the sample in Python in the account where models that reach the last one are trained first, and in that last one,
 * which watches what becomes of predictions. One that watches the sample already is as it is.
 * @param copies gets its files, where they are not those that were given
 * @throws NoPythonSampleError where there is no such model, or no account is a workload
 */
export function withPython(
  { estate, environments }: EstateFiles,
  models: readonly ModelDefinition[],
  copies: string,
): EstateFiles {
  if (findGroundTruth(estate, models)) return { estate, environments };
  const last = inOrderOfPromotion(estate).at(-1);
  if (!last || !models.some(({ name }) => name === sample.model))
    throw new NoPythonSampleError(`--python needs the model ${sample.model}, and an account that trains`);
  const sources = upstreamOf(estate, last);
  const first = inOrderOfPromotion(estate).find((each) => sources.includes(each)) ?? last;
  return withMoreSettings(environments, models, copies, [
    { environment: first.name, model: sample.model, settings: {} },
    { environment: last.name, model: sample.model, settings },
  ]);
}
