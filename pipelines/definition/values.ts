import { unrenderable } from "./unrenderable";

/** Any value of a pipeline definition once it is rendered. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What a reference knows of its step: itself, so that another step of the same name is not taken for it. */
export interface NamedStep {
  readonly name: string;
}

/** Stands for a value that is known only when the pipeline runs; it cannot be part of a text before. */
abstract class Placeholder {
  /** What it stands for, in a few words. */
  protected abstract get meaning(): string;

  /** @throws Error always: `"[object Object]"` would be planned, and fail when the pipeline runs */
  toString(): never {
    throw new Error(
      `${this.meaning} is known only when the pipeline runs, and stands in the place of a text: join texts with Join or s3Uri`,
    );
  }
}

/** A place in a step's outcome, such as an output's S3 URI. Only steps make these. */
export class StepReference extends Placeholder {
  constructor(
    /** The step that must have run before. */
    readonly step: NamedStep,
    private readonly path: string,
  ) {
    super();
  }

  protected get meaning(): string {
    return `${this.path} of step ${this.step.name}`;
  }

  toJSON(): Json {
    return { Get: `Steps.${this.step.name}.${this.path}` };
  }
}

/** A value inside a JSON file that a step wrote as a property file. */
export class JsonFileValue extends Placeholder {
  constructor(
    readonly step: NamedStep,
    private readonly propertyFile: string,
    private readonly jsonPath: string,
  ) {
    super();
  }

  protected get meaning(): string {
    return `${this.jsonPath} in ${this.propertyFile} of step ${this.step.name}`;
  }

  toJSON(): Json {
    return {
      "Std:JsonGet": {
        PropertyFile: { Get: `Steps.${this.step.name}.PropertyFiles.${this.propertyFile}` },
        Path: this.jsonPath,
      },
    };
  }
}

/** What JSON has beside lists and objects. */
type Scalar = string | number | boolean;

/** The value a pipeline parameter has in an execution. */
export class ParameterReference<Known extends Scalar = Scalar> extends Placeholder {
  constructor(
    readonly parameter: string,
    readonly defaultValue: Known,
  ) {
    super();
  }

  protected get meaning(): string {
    return `parameter ${this.parameter}`;
  }

  toJSON(): Json {
    return { Get: `Parameters.${this.parameter}` };
  }
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-pipeline.html */
type ExecutionVariableName =
  | "StartDateTime"
  | "CurrentDateTime"
  | "PipelineName"
  | "PipelineArn"
  | "PipelineExecutionId"
  | "PipelineExecutionArn";

/** Something SageMaker knows about the running execution. */
export class ExecutionVariable extends Placeholder {
  constructor(private readonly name: ExecutionVariableName) {
    super();
  }

  protected get meaning(): string {
    return this.name;
  }

  toJSON(): Json {
    return { Get: `Execution.${this.name}` };
  }
}

/** Values put together into one string when the pipeline runs. */
export class Join extends Placeholder {
  constructor(
    readonly separator: string,
    readonly values: readonly Value<Scalar>[],
  ) {
    super();
  }

  protected get meaning(): string {
    return `a Join of ${this.values.length} parts`;
  }

  toJSON(): Json {
    return { "Std:Join": { On: this.separator, Values: this.values.map(toJson) } };
  }
}

/**
 * A value known when the definition is made, or one that stands for what is known when it runs: of the same type, since
 * SageMaker turns no reference into another. A Join makes text of any. What a JSON file holds, only the run tells.
 * https://github.com/aws/sagemaker-python-sdk/issues/4867
 */
export type Value<Known extends Scalar> =
  | Known
  | JsonFileValue
  | (Known extends string ? StepReference | ParameterReference<string> | ExecutionVariable | Join : never)
  | (Known extends number ? ParameterReference<number> : never)
  | (Known extends boolean ? ParameterReference<boolean> : never);

/** What a step's arguments are made of: JSON in which any leaf may be a reference. Undefined keys are left out. */
export type Argument = Value<Scalar> | undefined | readonly Argument[] | { readonly [key: string]: Argument };

export const executionId = new ExecutionVariable("PipelineExecutionId");

/** An S3 URI below a known one, of parts known only when the pipeline runs. */
export const s3Uri = (base: string, ...parts: readonly Value<string>[]): Join =>
  new Join("/", [base, ...parts]);

/** Renders an argument as plain JSON. @throws Error naming what JSON has no value for */
export function toJson(argument: Argument): Json {
  const faults = unrenderable(argument, "");
  if (faults.length > 0) throw new Error(faults.join("; "));
  return JSON.parse(JSON.stringify(argument)) as Json;
}

/** Every reference inside an argument, at any depth. */
export function referencesIn(argument: Argument): (StepReference | JsonFileValue | ParameterReference)[] {
  if (argument instanceof StepReference || argument instanceof JsonFileValue) return [argument];
  if (argument instanceof ParameterReference) return [argument];
  if (argument instanceof Join) return argument.values.flatMap(referencesIn);
  if (typeof argument !== "object" || argument instanceof ExecutionVariable) return [];
  return Object.values(argument as Record<string, Argument>).flatMap(referencesIn);
}
