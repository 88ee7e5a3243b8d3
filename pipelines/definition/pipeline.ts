import { mistypedArguments, type RenderedDefinition } from "./argument-types";
import { mostMachines, type Machines } from "./machines";
import { allSteps, circleIn, endedBefore, stepsBefore } from "./order";
import type { Parameter } from "./parameters";
import { experimentStatements, type IamStatement, type PermissionScope } from "./permissions";
import type { Step, StepKind } from "./step";
import { unionOf } from "./union";
import { ParameterReference, referencesIn, type Json, type NamedStep } from "./values";
import { inVpc, type JobVpc } from "./vpc";

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePipeline.html */
const definitionLimit = 1_048_576;
const namePattern = /^[A-Za-z0-9](?:-*[A-Za-z0-9]){0,255}$/;

export interface PipelineProps {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  /** Role the pipeline and its jobs run as. */
  readonly executionRoleArn: string;
  /** Accounts whose buckets its steps read and write: in a bucket of another's they may do nothing. */
  readonly bucketAccounts: readonly string[];
  /** Where its jobs and models are. @default SageMaker's own networks */
  readonly network?: JobVpc | undefined;
  readonly parameters: readonly Parameter[];
  /** In the order they are shown; order of execution follows from references and `dependsOn`. */
  readonly steps: readonly Step[];
}

/**
 * A SageMaker pipeline definition, checked when it is made.
 * @throws Error that names the step, for a duplicate name, a reference to a step or parameter outside the pipeline, a
 * cycle, an argument of another type than SageMaker takes, no step at all, or a definition that is too long
 */
export class Pipeline {
  readonly name: string;
  /** All steps, nested ones included. */
  private readonly steps: readonly Step[];
  private readonly text: string;

  constructor(private readonly props: PipelineProps) {
    this.name = props.name;
    if (!namePattern.test(props.name)) {
      throw new Error(
        `pipeline name must be 1 to 256 letters, digits and inner dashes, got: "${props.name}"`,
      );
    }
    this.steps = allSteps(props.steps);
    this.refuseDuplicates("step", this.steps);
    this.refuseDuplicates("parameter", props.parameters);
    this.refuseStrangers();
    this.refuseCircle();
    if (this.steps.length === 0) throw this.error("must have at least one step");
    const definition = this.definition();
    this.refuseMistyped(definition);
    this.text = JSON.stringify(definition);
    this.refuseExcess();
  }

  /** The definition as JSON text; the same bytes each time. */
  render(): string {
    return this.text;
  }

  /**
   * What the execution role must be allowed, for all steps together.
   * @param executionRoleArn of another role that runs it too @default the pipeline's own
   */
  permissions(executionRoleArn = this.props.executionRoleArn): IamStatement[] {
    const scope = { ...this.scope(), executionRoleArn };
    const ofSteps = this.steps.flatMap((step) => step.permissions(scope));
    return unionOf([...ofSteps, ...experimentStatements(scope, this.name)]);
  }

  /** What reading the reports of its steps takes. */
  reportPermissions(): IamStatement[] {
    const scope = this.scope();
    return unionOf(this.steps.flatMap((step) => step.reportPermissions(scope)));
  }

  /** Repositories, with their registries, of the images of the versions that it registers. */
  registeredImages(): string[] {
    return this.steps.flatMap((step) => [...step.registeredImages()]);
  }

  /** Names of the steps of one kind, nested ones included. */
  stepNames(kind: StepKind): string[] {
    return this.steps.filter((step) => step.kind === kind).map(({ name }) => name);
  }

  /** The most machines that one execution has at a time, its parameters at their defaults. */
  machines(): Machines[] {
    return mostMachines(this.steps, endedBefore(this.props.steps), this.defaults());
  }

  private scope(): PermissionScope {
    return { ...this.props, parameters: this.defaults() };
  }

  private defaults(): ReadonlyMap<string, unknown> {
    return new Map(this.props.parameters.map(({ name, defaultValue }) => [name, defaultValue]));
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
      Steps: this.props.steps.map((step) => this.rendered(step)),
    };
  }

  private rendered(step: Step): Json {
    try {
      const { network } = this.props;
      return network ? inVpc(step.toJSON(), network) : step.toJSON();
    } catch (error) {
      throw this.error(`step ${step.name}: ${(error as Error).message}`, error);
    }
  }

  private refuseDuplicates(what: string, named: readonly { readonly name: string }[]): void {
    const names = named.map(({ name }) => name);
    const duplicate = names.find((name, index) => names.indexOf(name) !== index);
    if (duplicate !== undefined) throw this.error(`${what} ${duplicate} stands twice`);
  }

  private refuseStrangers(): void {
    const steps = new Set<NamedStep>(this.steps);
    const parameters = new Set(this.props.parameters.map(({ name }) => name));
    for (const step of this.steps) {
      const stranger = stepsBefore(step).find((before) => !steps.has(before));
      if (stranger) {
        throw this.error(`step ${step.name} refers to step ${stranger.name}, which is not in the pipeline`);
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

  private refuseCircle(): void {
    const circle = circleIn(this.props.steps);
    if (circle) throw this.error(`steps wait for each other: ${circle.join(" → ")}`);
  }

  private refuseMistyped(definition: Json): void {
    const problems = mistypedArguments(definition as unknown as RenderedDefinition);
    if (problems.length > 0) throw this.error(problems.join("; "));
  }

  private refuseExcess(): void {
    if (this.text.length <= definitionLimit) return;
    const length = (step: Step): number => JSON.stringify(step.content()).length;
    const [longest] = this.steps.toSorted((a, b) => length(b) - length(a));
    throw this.error(
      `definition must be at most ${definitionLimit} characters, got: ${this.text.length}; ` +
        `its longest step is ${longest?.name ?? "none"}`,
    );
  }

  private error(problem: string, cause?: unknown): Error {
    return new Error(`pipeline ${this.name}: ${problem}`, { cause });
  }
}
