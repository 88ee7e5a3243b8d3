import { stepFailed } from "../../../modules/events/event-patterns";
import type { RuleTrigger } from "../../../modules/events/rule-start";
import type { Pipeline } from "../../../modules/sagemaker/pipeline";
import type { RenderedPipeline as Definition } from "../../../pipelines/definition";
import type { Trigger } from "../../../pipelines/model";

/** One of the model's pipelines: what runs, and what it is on AWS. */
export interface BuiltPipeline {
  readonly definition: Definition;
  readonly pipeline: Pipeline;
}

/** By short name. */
export type BuiltPipelines = ReadonlyMap<string, BuiltPipeline>;

/** A clock, or the failure of steps of one kind only; other failures are for people to look at. */
export function ruleTrigger(trigger: Trigger, value: unknown, pipelines: BuiltPipelines): RuleTrigger {
  if (trigger.on === "schedule") return { schedule: String(value) };
  const { definition, pipeline } = findPipeline(pipelines, trigger.of);
  const steps = definition.stepNames(trigger.steps);
  if (steps.length === 0)
    throw new Error(
      `pipeline ${trigger.of} must have a ${trigger.steps} step, for a trigger waits for it to fail`,
    );
  return { pattern: stepFailed([pipeline.arn], steps) };
}

/** @throws Error where it does not run here */
export function findPipeline(pipelines: BuiltPipelines, name: string): BuiltPipeline {
  const found = pipelines.get(name);
  if (!found) throw new Error(`the pipeline ${name} does not run here`);
  return found;
}
