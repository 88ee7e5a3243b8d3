import {
  experimentStatements,
  readStatements,
  type IamStatement,
  type PermissionScope,
} from "../permissions";
import type { StepKind } from "../step";
import { unionOf } from "../union";
import type { JobVpc } from "../vpc";
import { checkDefinition, derivedKind, pipelineError } from "./check";
import { allSteps, contentOf, scriptsIn, textOf, type RenderedDefinition, type RenderedStep } from "./json";
import type { DerivedKind } from "./kind";
import { mostMachines, type Machines } from "./machines";
import { endedBefore } from "./order";
import { statementsOf, type OwnStatement } from "./own-statement";
import { runTimeNeeds, type RunTimeNeed } from "./run-time";

/** A file on this machine, and the object key in the data bucket that it belongs at. */
export interface VersionedScript {
  readonly name: string;
  readonly path: string;
  readonly key: string;
}

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
  /** Functions that answer with files and images of the model's versions, which its role may read. @default none */
  readonly latestApprovedModelFunctionArn?: string;
  readonly sealVersionFunctionArn?: string;
}

export interface BroughtAlong {
  /** What it brings to S3, for its steps to read. @default nothing */
  readonly scripts?: readonly VersionedScript[];
  /** What its folder asks for. @default nothing */
  readonly own?: readonly OwnStatement[];
  /** The definition as it is to be written. @default without spaces */
  readonly text?: string | undefined;
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
  readonly scripts: readonly VersionedScript[];
  /** What is asked for its steps beside what follows from them. */
  readonly own: readonly OwnStatement[];

  constructor(
    private readonly place: PipelinePlace,
    private readonly definition: RenderedDefinition,
    { scripts = [], own = [], text = JSON.stringify(definition) }: BroughtAlong = {},
  ) {
    this.name = place.name;
    this.steps = allSteps(definition.Steps);
    this.scripts = scripts;
    this.own = own.filter(({ steps }) => this.steps.some(({ Name }) => steps.includes(Name)));
    this.text = text;
    checkDefinition(this.name, definition, this.text);
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
    const ofSteps = this.ofEachStep((kind, step) => [
      ...kind.permissions(step, scope),
      ...scriptsIn(contentOf(step)).flatMap((uri) => readStatements(scope, uri)),
    ]);
    return [
      ...unionOf([...ofSteps, ...experimentStatements(scope, this.name)]),
      ...this.own.flatMap((own) => statementsOf(scope, own)),
    ];
  }

  /** What its steps need that only a run says, each with how far its role may. */
  runTimeNeeds(): RunTimeNeed[] {
    const { latestApprovedModelFunctionArn: latest, sealVersionFunctionArn: seal } = this.place;
    const known = {
      steps: this.steps,
      parameters: this.defaults(),
      own: this.own,
      versionFunctions: [latest, seal].flatMap((arn) => arn ?? []),
    };
    return this.steps.flatMap((step) => runTimeNeeds(step, known));
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
    return mostMachines(
      this.steps,
      (step) => derivedKind(this.name, step).machines?.(step),
      before,
      this.defaults(),
    );
  }

  private ofEachStep<Found>(find: (kind: DerivedKind, step: RenderedStep) => readonly Found[]): Found[] {
    return this.steps.flatMap((step) => {
      try {
        return find(derivedKind(this.name, step), step);
      } catch (error) {
        throw pipelineError(this.name, `step ${step.Name}: ${(error as Error).message}`, error);
      }
    });
  }

  private scope(): PermissionScope {
    return { ...this.place, parameters: this.defaults() };
  }

  private defaults(): ReadonlyMap<string, unknown> {
    return new Map(this.definition.Parameters.map(({ Name, DefaultValue }) => [Name, DefaultValue]));
  }
}
