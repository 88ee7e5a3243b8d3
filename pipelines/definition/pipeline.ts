import { allSteps, stepsBefore } from "./order";
import type { Parameter } from "./parameters";
import type { RenderedDefinition } from "./rendered/json";
import { pipelineError } from "./rendered/check";
import { RenderedPipeline, type PipelinePlace } from "./rendered/pipeline";
import type { Step } from "./step";
import type { Json, NamedStep } from "./values";
import { inVpc } from "./vpc";

export interface PipelineProps extends PipelinePlace {
  readonly parameters: readonly Parameter[];
  /** In the order they are shown; order of execution follows from references and `dependsOn`. */
  readonly steps: readonly Step[];
}

/**
 * A SageMaker pipeline written in TypeScript, checked when it is made.
 * @throws Error that names the step, for what `RenderedPipeline` refuses, and for a step that only has the name of one of the
 * pipeline's
 */
export class Pipeline extends RenderedPipeline {
  constructor(props: PipelineProps) {
    super(props, definitionOf(props));
  }
}

function definitionOf(props: PipelineProps): RenderedDefinition {
  refuseStrangers(props);
  return {
    Version: "2020-12-01",
    Metadata: {},
    Parameters: props.parameters.map((parameter) => parameter.declaration()),
    PipelineExperimentConfig: {
      ExperimentName: { Get: "Execution.PipelineName" },
      TrialName: { Get: "Execution.PipelineExecutionId" },
    },
    Steps: props.steps.map((step) => rendered(step, props)),
  } as unknown as RenderedDefinition;
}

function rendered(step: Step, { name, network }: PipelineProps): Json {
  try {
    return network ? inVpc(step.toJSON(), network) : step.toJSON();
  } catch (error) {
    throw pipelineError(name, `step ${step.name}: ${(error as Error).message}`, error);
  }
}

/** A reference holds the very step that it is to: another pipeline may have one of the same name. */
function refuseStrangers({ name, steps }: PipelineProps): void {
  const own = new Set<NamedStep>(allSteps(steps));
  for (const step of allSteps(steps)) {
    const stranger = stepsBefore(step).find((before) => !own.has(before));
    if (stranger)
      throw pipelineError(
        name,
        `step ${step.name} refers to step ${stranger.name}, which is not in the pipeline`,
      );
  }
}
