import { Pipeline, RenderedPipeline, stringParameter, TransformStep } from "../../pipelines/definition";
import type { RenderedDefinition, RenderedStep } from "../../pipelines/definition/rendered/json";
import { underHouseRules } from "../../pipelines/python/house-rules";
import moreKinds from "../parity/golden/more-kinds.json";
import { devContext } from "./mammo-severity";

/** The transform step of `test/parity/more_kinds.py`, which filters and joins records. */
export function joined(): Pipeline {
  const model = stringParameter("Model", "scorer");
  const data = `s3://${devContext.dataBucket}`;
  const step = new TransformStep("Joined", {
    modelName: model,
    instanceType: "ml.m5.xlarge",
    instanceCount: 1,
    inputUri: `${data}/batch/`,
    outputUri: `${data}/scores`,
    contentType: "text/csv",
    records: { inputFilter: "$[1:]", joinsInput: true, outputFilter: "$[0,-1]" },
    kmsKeyArn: devContext.kmsKeyArn,
    volumeKeyArn: devContext.volumeKeyArn,
  });
  return new Pipeline({ ...devContext, name: "joined", parameters: [model], steps: [step] });
}

export const stepOf = (name: string): RenderedStep => {
  const step = moreKinds.Steps.find(({ Name }) => Name === name);
  if (!step) throw new Error(`no step ${name}`);
  return step as unknown as RenderedStep;
};
export const definitionOf = (...steps: readonly RenderedStep[]): RenderedDefinition => ({
  Version: "2020-12-01",
  Parameters: moreKinds.Parameters,
  Steps: steps,
});
/** Under the house's rules, as a model in Python is deployed. */
export const pipelineOf = (...steps: readonly RenderedStep[]) =>
  new RenderedPipeline({ ...devContext, name: "p" }, underHouseRules(definitionOf(...steps), devContext));
export const changed = (name: string, Arguments: object): RenderedStep => {
  const step = stepOf(name);
  return { ...step, Arguments: { ...(step.Arguments as object), ...Arguments } };
};
