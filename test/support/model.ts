import type { RenderedPipeline } from "../../pipelines/definition";
import type { ModelContext, ModelDefinition } from "../../pipelines/model";

type Named = Pick<ModelDefinition, "name" | "modelPackageGroup">;

/** An account that a model runs in, written out by hand: no account of anybody's environment files. */
export const devContextOf = ({ name, modelPackageGroup }: Named): ModelContext => ({
  region: "us-east-1",
  account: "111111111111",
  dataBucket: "mlops-dev-sagemaker-data-111111111111",
  bucketAccounts: ["111111111111", "333333333333"],
  artifactsUri: `s3://mlops-sagemaker-artifacts-333333333333/dev/${name}/runs`,
  kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:alias/mlops-dev",
  volumeKeyArn: "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  modelPackageGroupArn: `arn:aws:sagemaker:us-east-1:333333333333:model-package-group/${modelPackageGroup}`,
  executionRoleArn: "arn:aws:iam::111111111111:role/sagemaker-execution-role",
  latestApprovedModelFunctionArn: `arn:aws:lambda:us-east-1:111111111111:function:${name}-latest-approved-model`,
  sealVersionFunctionArn: `arn:aws:lambda:us-east-1:111111111111:function:${name}-seal-version`,
});

export interface RenderedStep {
  readonly Name: string;
  readonly Type: string;
  readonly DependsOn?: readonly string[];
  readonly Arguments: Record<string, unknown>;
  readonly [key: string]: unknown;
}

export interface RenderedDefinition {
  readonly Version: string;
  readonly Parameters: readonly Record<string, unknown>[];
  readonly Steps: readonly RenderedStep[];
}

export const rendered = (pipeline: RenderedPipeline): RenderedDefinition =>
  JSON.parse(pipeline.render()) as RenderedDefinition;

/** Steps by name, those inside conditions included. */
export function stepsByName(definition: RenderedDefinition): Record<string, RenderedStep> {
  const all = (steps: readonly RenderedStep[]): RenderedStep[] =>
    steps.flatMap((step) => {
      const { IfSteps = [], ElseSteps = [] } = step.Arguments as Record<string, RenderedStep[]>;
      return [step, ...all(IfSteps), ...all(ElseSteps)];
    });
  return Object.fromEntries(all(definition.Steps).map((step) => [step.Name, step]));
}
