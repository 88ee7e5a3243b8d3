import type { Parameter } from "./parameters";
import { experimentStatements, unionOf, type IamStatement, type PermissionScope } from "./permissions";
import type { Step, StepKind } from "./step";
import { ParameterReference, referencesIn, type Json } from "./values";

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePipeline.html */
const definitionLimit = 1_048_576;

export interface PipelineProps {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  /** Role the pipeline and its jobs run as. */
  readonly executionRoleArn: string;
  readonly parameters: readonly Parameter[];
  /** In the order they are shown; order of execution follows from references and `dependsOn`. */
  readonly steps: readonly Step[];
}

/**
 * A SageMaker pipeline definition, checked when it is made.
 * @throws Error that names the step, for a duplicate name, a reference to a step or parameter outside the pipeline, a
 * cycle, or a definition that is too long
 */
export class Pipeline {
  readonly name: string;
  private readonly text: string;

  constructor(private readonly props: PipelineProps) {
    this.name = props.name;
    this.refuseDuplicates("step", this.allSteps());
    this.refuseDuplicates("parameter", props.parameters);
    this.refuseStrangers();
    this.refuseCycles();
    this.text = JSON.stringify(this.definition());
    if (this.text.length > definitionLimit) {
      throw this.error(`definition must be at most ${definitionLimit} characters, got: ${this.text.length}`);
    }
  }

  /** The definition as JSON text; the same bytes each time. */
  render(): string {
    return this.text;
  }

  /** What the execution role must be allowed, for all steps together. */
  permissions(): IamStatement[] {
    const scope: PermissionScope = {
      ...this.props,
      parameters: new Map(this.props.parameters.map(({ name, defaultValue }) => [name, defaultValue])),
    };
    const ofSteps = this.allSteps().flatMap((step) => step.permissions(scope));
    return unionOf([...ofSteps, ...experimentStatements(scope, this.name)]);
  }

  /** Names of the steps of one kind, nested ones included. */
  stepNames(kind: StepKind): string[] {
    return this.allSteps()
      .filter((step) => step.kind === kind)
      .map(({ name }) => name);
  }

  private definition(): Json {
    return {
      Version: "2020-12-01",
      Metadata: {},
      Parameters: this.props.parameters.map((parameter) => parameter.declaration()),
      PipelineExperimentConfig: {
        ExperimentName: { Get: "Execution.PipelineName" },
        TrialName: { Get: "Execution.PipelineExecutionId" },
      },
      Steps: this.props.steps.map((step) => step.toJSON()),
    };
  }

  private allSteps(steps: readonly Step[] = this.props.steps): Step[] {
    return steps.flatMap((step) => [step, ...this.allSteps(step.nested())]);
  }

  private refuseDuplicates(what: string, named: readonly { readonly name: string }[]): void {
    const names = named.map(({ name }) => name);
    const duplicate = names.find((name, index) => names.indexOf(name) !== index);
    if (duplicate !== undefined) throw this.error(`${what} ${duplicate} stands twice`);
  }

  private refuseStrangers(): void {
    const steps = new Set(this.allSteps().map(({ name }) => name));
    const parameters = new Set(this.props.parameters.map(({ name }) => name));
    for (const step of this.allSteps()) {
      for (const name of stepsBefore(step)) {
        if (!steps.has(name))
          throw this.error(`step ${step.name} refers to step ${name}, which is not in the pipeline`);
      }
      for (const reference of referencesIn(step.content())) {
        if (reference instanceof ParameterReference && !parameters.has(reference.parameter)) {
          throw this.error(
            `step ${step.name} refers to parameter ${reference.parameter}, which is not in the pipeline`,
          );
        }
      }
    }
  }

  private refuseCycles(): void {
    const steps = new Map(this.allSteps().map((step) => [step.name, step]));
    const done = new Set<string>();
    const visit = (name: string, path: readonly string[]): void => {
      if (path.includes(name)) throw this.error(`steps wait for each other: ${[...path, name].join(" → ")}`);
      if (done.has(name)) return;
      const step = steps.get(name);
      if (step)
        waitsFor(step).forEach((before) => {
          visit(before, [...path, name]);
        });
      done.add(name);
    };
    steps.forEach((_, name) => {
      visit(name, []);
    });
  }

  private error(problem: string): Error {
    return new Error(`pipeline ${this.name}: ${problem}`);
  }
}

/** Names of the steps a step refers to or depends on. */
function stepsBefore(step: Step): string[] {
  const references = referencesIn(step.content()).flatMap((reference) =>
    reference instanceof ParameterReference ? [] : [reference.step],
  );
  return [...references, ...step.dependsOn.map(({ name }) => name)];
}

/** A step waits for those before it, and so does every step nested in it; nested ones wait for it as well. */
function waitsFor(step: Step): string[] {
  const inside = new Set(step.nested().map(({ name }) => name));
  const ofNested = step
    .nested()
    .flatMap(waitsFor)
    .filter((name) => !inside.has(name));
  return [...stepsBefore(step), ...ofNested];
}
