/** What holds of every model in pipelines/index.ts, whoever wrote it: no value of a model's own stands here. */
import { models } from "../../pipelines";
import { describeModel } from "../support/every-model";
import { describeWithSdk } from "../support/with-sdk";

test("models are told apart by their names", () => {
  const names = models.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

for (const model of models)
  if (model.prepare === undefined) describeModel(model);
  else
    describeWithSdk("in Python", () => {
      describeModel(model);
    });
