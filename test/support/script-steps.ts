import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create as archive } from "tar";
import { bucket, executionRole, type RunnerSandbox } from "./runner-sandbox";
import { createModel, train, transform } from "./xgboost-steps";

const registry = "683313688378.dkr.ecr.us-east-1.amazonaws.com";

/** Images of frameworks that run scripts. */
export const images = {
  forest: `${registry}/sagemaker-scikit-learn:1.2-1-cpu-py3`,
  boosted: `${registry}/sagemaker-xgboost:3.0-5`,
} as const;
type Source = keyof typeof images;

const uriOf = (source: Source) => `s3://${bucket}/code/${source}/sourcedir.tar.gz`;

/** Packs `test/runner/scripts/<source>` as AWS's SDK does, and puts it in the bucket. */
export async function putScript(sandbox: RunnerSandbox, source: Source): Promise<void> {
  const cwd = join(__dirname, "../runner/scripts", source);
  const file = join(mkdtempSync(join(tmpdir(), "source-")), "sourcedir.tar.gz");
  await archive({ gzip: true, file, cwd, portable: true }, readdirSync(cwd));
  await sandbox.put(`code/${source}/sourcedir.tar.gz`, readFileSync(file));
}

/** As AWS's SDK writes them. */
export const hyperparametersOf = (
  source: Source,
  program: string,
  own: Readonly<Record<string, unknown>>,
) => ({
  ...Object.fromEntries(Object.entries(own).map(([name, value]) => [name, JSON.stringify(value)])),
  sagemaker_submit_directory: JSON.stringify(uriOf(source)),
  sagemaker_program: JSON.stringify(program),
  sagemaker_container_log_level: "20",
  sagemaker_region: '"us-east-1"',
});

export const [channel] = train.Arguments.InputDataConfig;

/** A training step with a script. */
export const trainScript = (
  Name: string,
  source: Source,
  HyperParameters: Readonly<Record<string, string>>,
  more: object = {},
) => ({
  ...train,
  Name,
  Arguments: {
    ...train.Arguments,
    AlgorithmSpecification: { TrainingImage: images[source], TrainingInputMode: "File" },
    InputDataConfig: [{ ...channel, ContentType: "text/plain" }],
    HyperParameters,
    ...more,
  },
});

/** Steps that score with what such a step has trained, by a module of its code. */
export const scoreWithScript = (training: string, source: Source, module: string, accept: string) => {
  const { DataSource } = transform.Arguments.TransformInput;
  return [
    {
      ...createModel,
      Name: `${training}-Model`,
      Arguments: {
        ExecutionRoleArn: executionRole,
        PrimaryContainer: {
          Image: images[source],
          ModelDataUrl: { Get: `Steps.${training}.ModelArtifacts.S3ModelArtifacts` },
          Environment: { SAGEMAKER_PROGRAM: module, SAGEMAKER_SUBMIT_DIRECTORY: uriOf(source) },
        },
      },
    },
    {
      ...transform,
      Name: `${training}-Score`,
      Arguments: {
        ...transform.Arguments,
        ModelName: { Get: `Steps.${training}-Model.ModelName` },
        TransformInput: { DataSource, ContentType: "text/csv", SplitType: "Line" },
        TransformOutput: { S3OutputPath: `s3://${bucket}/scores/${training}`, Accept: accept },
      },
    },
  ];
};
