import type { RenderedPipeline } from "../../pipelines/definition";
import { mammoSeverity as model } from "../../pipelines/mammo-severity/model";
import { devContextOf } from "./model";

export const devContext = devContextOf(model);

export const mammoSeverity = (): Record<keyof typeof model.pipelines, RenderedPipeline> => ({
  train: model.pipelines.train(devContext),
  inference: model.pipelines.inference(devContext),
});
