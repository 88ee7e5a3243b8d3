import { ConfigurationError } from "../../../config/problems";
import type { ModelContext } from "../../../pipelines/model";
import { importedPipeline } from "../../../pipelines/imported";
import { definitionFileText, type DefinitionFile } from "../../../pipelines/imported/definition-file";
import { respaced, type Spacing } from "../../../pipelines/imported/spacing";
import { contextAsWas, putIn, refusalsOf } from "./check";
import { shapeProblems } from "./shape";
import { readDefinition, type GivenDefinition } from "./source";
import { remarksOn, strangersIn, templateOf } from "./template";
import { stepsAt } from "./texts";
import { valuesIn, type FoundValues } from "./values";

export interface ImportRequest {
  /** Path of the file with the definition. */
  readonly path: string;
  readonly model: string;
  /** Short name of the pipeline. @default `train` where it trains or registers, else `inference` */
  readonly pipeline?: string | undefined;
  /** What it is called on AWS. @default what the answer says, else `<model>-<pipeline>-pipeline` */
  readonly name?: string | undefined;
  /** Values of the context where it comes from. */
  readonly was: FoundValues;
  /** Accounts whose ARNs stay. */
  readonly kept: readonly string[];
}

/** A definition out of an account, ready for a model's folder. */
export interface ImportedDefinition {
  /** Short name. */
  readonly pipeline: string;
  readonly file: DefinitionFile;
  /** The model package group that it registers in; undefined where it registers in none. */
  readonly group: string | undefined;
  /** What the stand-ins stood for. */
  readonly values: FoundValues;
  /** Whether, with these values, it is rendered as it was, to the byte. */
  readonly sameBytes: boolean;
  /** What is put in, what stays, what must be there: each in a sentence. */
  readonly remarks: readonly string[];
}

/**
 * Reads a definition and puts stand-ins in place of its account's values.
 * @throws ConfigurationError with everything that keeps it from being a pipeline here, at its place in the file
 */
export function importDefinition(request: ImportRequest): ImportedDefinition {
  const given = readDefinition(request.path);
  refuse(shapeProblems(given.source));
  const { values, problems } = valuesIn(given, request.was);
  const text = templateOf(given, values);
  const template = JSON.parse(text) as unknown;
  const own = values.account === undefined ? [] : [values.account];
  refuse([...problems, ...strangersIn(given, template, [...own, ...request.kept])]);
  const pipeline = request.pipeline ?? shortNameOf(given);
  const name = request.name ?? given.name ?? `${request.model}-${pipeline}-pipeline`;
  const file = { name, spacing: spacingOf(given.text), text };
  const context = contextAsWas(request.model, values);
  refuse(refusalsOf(given.source, file, context));
  return {
    ...{ pipeline, file, values, group: values.modelPackageGroupArn?.split("/").at(-1) },
    sameBytes: rendered(file, context) === given.text,
    remarks: [...spacingRemark(given.text), ...putIn(file, context), ...remarksOn(template)],
  };
}

const rendered = (file: DefinitionFile, context: ModelContext): string =>
  importedPipeline(file, context).render();

function refuse(problems: ConfigurationError["problems"]): void {
  if (problems.length > 0) throw new ConfigurationError(problems);
}

const trains = ["Training", "Tuning", "RegisterModel"];

const shortNameOf = ({ source }: GivenDefinition): string =>
  stepsAt((source.value as { readonly Steps?: unknown }).Steps, []).some(({ step: { Type } }) =>
    trains.includes(String(Type)),
  )
    ? "train"
    : "inference";

const spacingOf = (text: string): Spacing => (text === respaced(text, "python") ? "python" : "compact");

const spacingRemark = (text: string): string[] =>
  text === respaced(text, spacingOf(text)) ? [] : ["spaces and line ends between its parts go"];

export const textOfFile = ({ file }: ImportedDefinition): string => definitionFileText(file);
