import type { Path, Problem } from "../../../config/problems";
import type { SourceFile } from "../../../config/source-file";
import { mistypedArguments } from "../../../pipelines/definition/argument-types";
import { derivedKind } from "../../../pipelines/definition/rendered/check";
import type { RenderedDefinition, RenderedStep } from "../../../pipelines/definition/rendered/json";
import type { DefinitionFile } from "../../../pipelines/imported/definition-file";
import { importedPipeline } from "../../../pipelines/imported";
import { withValues, type AccountValues } from "../../../pipelines/imported/stand-ins";
import type { ModelContext } from "../../../pipelines/model";
import { underHouseRules } from "../../../pipelines/python/house-rules";
import { differenceOf } from "../diff/definitions";
import type { FoundValues } from "./values";
import { stepsAt, type PlacedStep } from "./texts";

/** A context as it was where the definition comes from; what that does not say is made up. */
export function contextAsWas(model: string, values: FoundValues): ModelContext {
  const { account = "123456789012", region = "us-east-1", dataBucket = "data" } = values;
  const functionArn = (name: string) => `arn:aws:lambda:${region}:${account}:function:${model}-${name}`;
  const made: AccountValues = {
    account,
    region,
    dataBucket,
    artifactsUri: "s3://artifacts/runs",
    kmsKeyArn: `arn:aws:kms:${region}:${account}:alias/${model}`,
    volumeKeyArn: `arn:aws:kms:${region}:${account}:key/${model}`,
    executionRoleArn: `arn:aws:iam::${account}:role/${model}`,
    modelPackageGroupArn: `arn:aws:sagemaker:${region}:${account}:model-package-group/${model}`,
    latestApprovedModelFunctionArn: functionArn("latest-approved-model"),
    sealVersionFunctionArn: functionArn("seal-version"),
  };
  return { ...made, ...values, bucketAccounts: [account] };
}

/** What house rules and the derivation of permissions refuse, step by step, at its place; else what the whole is refused for. */
export function refusalsOf(source: SourceFile, file: DefinitionFile, context: ModelContext): Problem[] {
  const definition = JSON.parse(withValues(file.text, context)) as RenderedDefinition;
  const steps = stepsAt(definition.Steps, ["Steps"]);
  const mistyped = mistypedArguments(definition).map((text) => atStep(source, steps, text));
  const problems = [
    ...steps.flatMap((placed) => refusalOf(source, placed, definition, context)),
    ...mistyped,
  ];
  if (problems.length > 0) return problems;
  try {
    importedPipeline(file, context);
    return [];
  } catch (error) {
    return [atStep(source, steps, (error as Error).message.replace(/^pipeline \S+: /, ""))];
  }
}

function refusalOf(
  source: SourceFile,
  { path, step }: PlacedStep,
  definition: RenderedDefinition,
  context: ModelContext,
): Problem[] {
  if (step.Type === "Condition") return [];
  try {
    const { Steps } = underHouseRules({ ...definition, Steps: [step as RenderedStep] }, context);
    const parameters = new Map(definition.Parameters.map(({ Name, DefaultValue }) => [Name, DefaultValue]));
    for (const ruled of Steps) derivedKind("", ruled).permissions(ruled, { ...context, parameters });
    return [];
  } catch (error) {
    return [atName(source, path, (error as Error).message)];
  }
}

const atName = (source: SourceFile, path: Path, message: string): Problem => {
  const said = message.replace(/^step [\w-]+: /, "");
  return source.atHiddenValue([...path, "Name"], `is a step that may not be so here: ${said}`);
};

/** A sentence that names a step, at that step. */
function atStep(source: SourceFile, steps: readonly PlacedStep[], message: string): Problem {
  const [, name] = /^step ([\w-]+)/.exec(message) ?? [];
  const found = steps.find(({ step }) => step.Name === name);
  return found
    ? atName(source, found.path, message)
    : source.atHiddenValue(["Steps"], `cannot be a pipeline here: ${message}`);
}

/** What the house puts into a definition, each in a sentence with its step. */
export function putIn(file: DefinitionFile, context: ModelContext): string[] {
  const definition = JSON.parse(withValues(file.text, context)) as RenderedDefinition;
  const { steps } = differenceOf(definition as never, underHouseRules(definition, context) as never);
  return steps.flatMap(({ step, fields }) =>
    fields.map(
      ({ path, after }) =>
        `step ${step}: ${path} is put in${after === undefined ? " as none" : `: ${after}`}`,
    ),
  );
}
