import { Pipeline, stringParameter, TransformStep } from "../../pipelines/definition";
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
