import { mistypedArguments } from "../argument-types";
import {
  experimentStatements,
  readStatements,
  type IamStatement,
  type PermissionScope,
} from "../permissions";
import type { StepKind } from "../step";
import { unionOf } from "../union";
import type { JobVpc } from "../vpc";
import {
  allSteps,
  contentOf,
  parameterOf,
  referencesIn,
  textOf,
  type RenderedDefinition,
  type RenderedStep,
} from "./json";
import type { DerivedKind } from "./kind";
import { kindNames, kindOf } from "./kinds";
import { mostMachines, type Machines } from "./machines";
import { circleIn, endedBefore, stepsBefore } from "./order";

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePipeline.html */
const definitionLimit = 1_048_576;
const namePattern = /^[A-Za-z0-9](?:-*[A-Za-z0-9]){0,255}$/;

/** Where a pipeline runs, and as whom. */
export interface PipelinePlace {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  /** Role the pipeline and its jobs run as. */
  readonly executionRoleArn: string;
  /** Accounts whose buckets its steps read and write: in a bucket of another's they may do nothing. */
  readonly bucketAccounts: readonly string[];
  /** Where its jobs and models are. @default SageMaker's own networks */
  readonly network?: JobVpc | undefined;
}

/**
 * A SageMaker pipeline as its definition has it, in whichever language that was written (ADR 66): what it needs follows from
 * the JSON that is deployed.
 * @throws Error that names the step, for a duplicate name, a reference to a step or parameter outside the pipeline, a
 * cycle, a kind whose needs are not known, an argument of another type than SageMaker takes, no step at all, or a definition
 * that is too long
 */
export class RenderedPipeline {
  readonly name: string;
  /** All steps, nested ones included. */
  private readonly steps: readonly RenderedStep[];
  private readonly text: string;

  constructor(
    private readonly place: PipelinePlace,
    private readonly definition: RenderedDefinition,
  ) {
    this.name = place.name;
    if (!namePattern.test(place.name)) {
      throw new Error(
        `pipeline name must be 1 to 256 letters, digits and inner dashes, got: "${place.name}"`,
      );
    }
    this.steps = allSteps(definition.Steps);
    this.refuseDuplicates("step", this.steps);
    this.refuseDuplicates("parameter", definition.Parameters);
    this.steps.forEach((step) => {
      this.refuseStrangers(step);
      this.kind(step);
    });
    this.refuseCircle();
    if (this.steps.length === 0) throw pipelineError(this.name, "must have at least one step");
    this.refuseMistyped();
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
  permissions(executionRoleArn = this.place.executionRoleArn): IamStatement[] {
    const scope = { ...this.scope(), executionRoleArn };
    const ofSteps = this.ofEachStep((kind, step) => kind.permissions(step, scope));
    return unionOf([...ofSteps, ...experimentStatements(scope, this.name)]);
  }

  /** What reading the reports of its steps takes. */
  reportPermissions(): IamStatement[] {
    const scope = this.scope();
    const uris = this.ofEachStep((kind, step) => [...(kind.reports?.(step) ?? [])]);
    return unionOf(uris.flatMap((uri) => readStatements(scope, uri)));
  }

  /** Repositories, with their registries, of the images of the versions that it registers. */
  registeredImages(): string[] {
    return this.ofEachStep((kind, step) => [...(kind.registeredImages?.(step) ?? [])])
      .flatMap((image) => textOf(image) ?? [])
      .map((image) => image.split(/[:@]/)[0] ?? "");
  }

  /** Names of the steps of one kind, nested ones included. */
  stepNames(kind: StepKind): string[] {
    return this.steps.filter(({ Type }) => Type === kind).map(({ Name }) => Name);
  }

  /** The most machines that one execution has at a time, its parameters at their defaults. */
  machines(): Machines[] {
    const before = endedBefore(this.definition.Steps);
    return mostMachines(this.steps, (step) => this.kind(step).machines?.(step), before, this.defaults());
  }

  private ofEachStep<Found>(find: (kind: DerivedKind, step: RenderedStep) => readonly Found[]): Found[] {
    return this.steps.flatMap((step) => {
      try {
        return find(this.kind(step), step);
      } catch (error) {
        throw pipelineError(this.name, `step ${step.Name}: ${(error as Error).message}`, error);
      }
    });
  }

  private kind({ Name, Type }: RenderedStep): DerivedKind {
    const kind = kindOf(Type);
    if (kind) return kind;
    const known = kindNames.join(", ");
    throw pipelineError(
      this.name,
      `step ${Name} must be of a kind whose permissions are known (${known}), got: ${Type}`,
    );
  }

  private scope(): PermissionScope {
    return { ...this.place, parameters: this.defaults() };
  }

  private defaults(): ReadonlyMap<string, unknown> {
    return new Map(this.definition.Parameters.map(({ Name, DefaultValue }) => [Name, DefaultValue]));
  }

  private refuseDuplicates(what: string, named: readonly { readonly Name: string }[]): void {
    const names = named.map(({ Name }) => Name);
    const duplicate = names.find((name, index) => names.indexOf(name) !== index);
    if (duplicate !== undefined) throw pipelineError(this.name, `${what} ${duplicate} stands twice`);
  }

  private refuseStrangers(step: RenderedStep): void {
    const refuse = (what: string, name: string) => {
      throw pipelineError(
        this.name,
        `step ${step.Name} refers to ${what} ${name}, which is not in the pipeline`,
      );
    };
    for (const before of stepsBefore(step))
      if (!this.steps.some(({ Name }) => Name === before)) refuse("step", before);
    for (const reference of referencesIn(contentOf(step))) {
      const parameter = parameterOf(reference);
      const known = this.definition.Parameters.some(({ Name }) => Name === parameter);
      if (parameter !== undefined && !known) refuse("parameter", parameter);
    }
  }

  private refuseCircle(): void {
    const circle = circleIn(this.definition.Steps);
    if (circle) throw pipelineError(this.name, `steps wait for each other: ${circle.join(" → ")}`);
  }

  private refuseMistyped(): void {
    const problems = mistypedArguments(this.definition);
    if (problems.length > 0) throw pipelineError(this.name, problems.join("; "));
  }

  private refuseExcess(): void {
    if (this.text.length <= definitionLimit) return;
    const length = (step: RenderedStep): number => JSON.stringify(contentOf(step)).length;
    const [longest] = this.steps.toSorted((a, b) => length(b) - length(a));
    throw pipelineError(
      this.name,
      `definition must be at most ${definitionLimit} characters, got: ${this.text.length}; ` +
        `its longest step is ${longest?.Name ?? "none"}`,
    );
  }
}

export const pipelineError = (name: string, problem: string, cause?: unknown): Error =>
  new Error(`pipeline ${name}: ${problem}`, { cause });
