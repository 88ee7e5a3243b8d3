import type { RenderedStep } from "../../../pipelines/definition/rendered/json";
import { kindOf } from "../../../pipelines/definition/rendered/kinds";

const archive = "s3://data/m/sourcedir.tar.gz";
const hyperparameters = (sagemaker_submit_directory: unknown) => ({ sagemaker_submit_directory });
const uses = (Type: string, Arguments: object) =>
  (kindOf(Type)?.uses?.({ Name: "A", Type, Arguments } as unknown as RenderedStep) ?? []).filter(
    ({ field }) => /submit_directory/i.test(field),
  );

test.each([
  [
    "a training job",
    "Training",
    { HyperParameters: hyperparameters(`"${archive}"`) },
    "HyperParameters.sagemaker_submit_directory",
  ],
  [
    "a tuning job",
    "Tuning",
    { TrainingJobDefinition: { StaticHyperParameters: hyperparameters(`"${archive}"`) } },
    "TrainingJobDefinition.StaticHyperParameters.sagemaker_submit_directory",
  ],
  [
    "a model",
    "Model",
    { PrimaryContainer: { Environment: { SAGEMAKER_SUBMIT_DIRECTORY: archive } } },
    "PrimaryContainer.Environment.SAGEMAKER_SUBMIT_DIRECTORY",
  ],
])("the code of %s is read", (_, type, request, field) => {
  expect(uses(type, request)).toEqual([{ may: "read", field, value: archive }]);
});

test("code that only a run knows is told of; code that the container has by other ways is nothing to read", () => {
  const parameter = { Get: "Parameters.Code" };
  expect(uses("Training", { HyperParameters: hyperparameters(parameter) })).toMatchObject([
    { value: parameter },
  ]);
  const channel = '"/opt/ml/input/data/code/sourcedir.tar.gz"';
  expect(uses("Training", { HyperParameters: hyperparameters(channel) })).toEqual([]);
  expect(uses("Training", {})).toEqual([]);
});
