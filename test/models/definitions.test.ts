/** What holds of every model in pipelines/index.ts, whoever wrote it: no value of a model's own stands here. */
import { existsSync } from "node:fs";
import { models } from "../../pipelines";
import { sdkPython } from "../../tools/sagemaker-sdk/environment";
import { describeModel } from "../support/every-model";

test("models are told apart by their names", () => {
  const names = models.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

/** Whoever runs a model in Python has it; where nobody does, `npm run parity` renders the sample. */
const hasSdk = existsSync(sdkPython("2"));

for (const model of models)
  if (model.prepare === undefined || hasSdk) describeModel(model);
  else
    test.skip(`the model ${model.name} is rendered by an SDK that is not on this machine`, () => undefined);
