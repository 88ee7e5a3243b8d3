import type { Parameters } from "../../operate/executions";
import { UsageError } from "../errors";
import { hint } from "../estate/find";
import { repositoryProblems } from "./repositories";

/** A parameter as a template declares it. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html */
export interface TemplateParameter {
  readonly Default?: string;
  readonly AllowedPattern?: string;
  readonly AllowedValues?: readonly string[];
  readonly ConstraintDescription?: string;
  readonly Description?: string;
  readonly MinLength?: number;
  readonly MaxLength?: number;
}

export type TemplateParameters = Readonly<Record<string, TemplateParameter>>;

/** SageMaker gives these itself. */
const ofSageMaker = ["SageMakerProjectName", "SageMakerProjectId"] as const;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProject.html */
const namePattern = /^[a-zA-Z0-9](?:-*[a-zA-Z0-9]){0,31}$/;
const longestName = 32;

/**
 * Checks what a project is made with, as SageMaker and CloudFormation would, but all at once and before anything is made.
 * @throws UsageError with every mistake
 */
export function checkProject(name: string, given: Parameters, declared: TemplateParameters): void {
  const problems = [
    ...nameProblems(name, declared.SageMakerProjectName),
    ...parameterProblems(given, declared),
  ];
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
}

/** Every mistake in values of a template's parameters. */
export function parameterProblems(given: Parameters, declared: TemplateParameters): string[] {
  const names = namesOfPeople(declared);
  return [
    ...Object.keys(given)
      .filter((each) => !names.includes(each))
      .map((each) => `The template has no parameter "${each}"${hint(each, names)}`),
    ...names.flatMap((each) => problemWith(each, declared[each] ?? {}, given[each])),
    ...repositoryProblems(given),
  ];
}

/** Parameters that people give values. */
export const namesOfPeople = (declared: TemplateParameters): string[] =>
  Object.keys(declared).filter((each) => !isOfSageMaker(each));

const isOfSageMaker = (name: string): boolean => (ofSageMaker as readonly string[]).includes(name);

function nameProblems(name: string, declared: TemplateParameter = {}): string[] {
  if (name.length > longestName || !namePattern.test(name))
    return [
      `A project's name must be 1 to ${longestName} letters, digits and inner dashes, got: ${JSON.stringify(name)}`,
    ];
  return problemWith("SageMakerProjectName", declared, name);
}

function problemWith(name: string, declared: TemplateParameter, given: string | undefined): string[] {
  const value = given ?? declared.Default;
  const what = declared.Description === undefined ? "" : ` (${declared.Description})`;
  if (value === undefined) return [`Parameter ${name} has no default: give it with --param${what}`];
  const { AllowedValues: values, AllowedPattern: pattern, MinLength = 0, MaxLength = 4096 } = declared;
  if (values && !values.includes(value))
    return [`Parameter ${name} must be one of ${values.join(", ")}, got: ${value}`];
  if (value.length < MinLength || value.length > MaxLength)
    return [`Parameter ${name} must be ${MinLength} to ${MaxLength} characters, got: ${value.length}`];
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value))
    return [`Parameter ${name} ${declared.ConstraintDescription ?? `must match ${pattern}`}, got: ${value}`];
  return [];
}
