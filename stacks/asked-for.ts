import type { Estate } from "../config/schema";
import type { OwnStatement, RenderedPipeline, RunTimeNeed } from "../pipelines/definition";
import type { ModelDefinition } from "../pipelines/model";
import { pipelinesIn } from "./model-pipelines";
import { runsIn, workloadsOf } from "./topology";

/** A pipeline, and the environment that it is in. */
interface Deployed {
  readonly environment: string;
  /** Its name on AWS. */
  readonly pipeline: string;
}

/** What a model asks for beside what follows from its definitions. */
export interface AskedFor extends Deployed, OwnStatement {}

/** What the steps of a pipeline need that only a run says. */
export interface NeedOfRun extends Deployed, RunTimeNeed {}

/** What models ask for themselves, in every environment that they run in. */
export const askedForIn = (estate: Estate, models: readonly ModelDefinition[]): AskedFor[] =>
  ofEachPipeline(estate, models, ({ own }) => own);

/** What runs of all pipelines need, as far as definitions leave it to them. */
export const needsOfRunsIn = (estate: Estate, models: readonly ModelDefinition[]): NeedOfRun[] =>
  ofEachPipeline(estate, models, (pipeline) => pipeline.runTimeNeeds());

const ofEachPipeline = <Found>(
  estate: Estate,
  models: readonly ModelDefinition[],
  find: (pipeline: RenderedPipeline) => readonly Found[],
): (Deployed & Found)[] =>
  workloadsOf(estate).flatMap((workload) =>
    models
      .filter((model) => model.name in workload.models && runsIn(workload, model))
      .flatMap((model) => Object.values(pipelinesIn(estate, workload, model)))
      .flatMap((pipeline) =>
        find(pipeline).map((found) => ({
          environment: workload.name,
          pipeline: pipeline.name,
          ...found,
        })),
      ),
  );
