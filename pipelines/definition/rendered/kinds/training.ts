import {
  imageStatements,
  jobStatements,
  keyStatements,
  readStatements,
  writeStatements,
  type IamStatement,
  type PermissionScope,
} from "../../permissions";
import type { Json } from "../../values";
import { itemsOf, textOf, valueAt } from "../json";
import type { DerivedKind } from "../kind";
import { knownImage, pulls, reads, readsCode, valuesOf, writes, type Use } from "../uses";
import { conditionOfJob, keyOf } from "./job";

/** A job that makes a model. */
export const training: DerivedKind = {
  permissions: ({ Arguments }, scope) => {
    const kmsKeyArn = keyOf("OutputDataConfig.KmsKeyId", valueAt(Arguments, "OutputDataConfig", "KmsKeyId"));
    const uses = usesOf(Arguments);
    const [image] = valuesOf(uses, "pull");
    const [outputUri, ...alsoWritten] = valuesOf(uses, "write");
    return [
      ...jobStatements(
        scope,
        "Training",
        conditionOfJob(kmsKeyArn, Arguments, valueAt(Arguments, "ResourceConfig")),
      ),
      ...trainingStatements(scope, {
        kmsKeyArn,
        image: knownImage(image, scope.parameters),
        inputUris: valuesOf(uses, "read"),
        outputUri,
      }),
      ...alsoWritten.flatMap((uri) => writeStatements(scope, uri)),
    ];
  },
  uses: ({ Arguments }) => usesOf(Arguments),
  machines: ({ Arguments }) => ({
    use: "training job",
    instanceType: valueAt(Arguments, "ResourceConfig", "InstanceType"),
    instanceCount: valueAt(Arguments, "ResourceConfig", "InstanceCount"),
  }),
};

/**
 * What a training job reaches, whose hyperparameters may name a script's code. The rest is what estimators of AWS's SDK ask for: checkpoints, the debugger's tensors, profiles.
 * @param place of the job in a request that is about more
 */
export const usesOf = (job: Json, place = ""): Use[] => [
  pulls(job, ["AlgorithmSpecification", "TrainingImage"], place),
  ...itemsOf(valueAt(job, "InputDataConfig")).map((channel) =>
    reads(
      channel,
      ["DataSource", "S3DataSource", "S3Uri"],
      `${place}InputDataConfig[${textOf(valueAt(channel, "ChannelName")) ?? ""}].`,
    ),
  ),
  ...["HyperParameters", "StaticHyperParameters"].flatMap((names) =>
    readsCode(job, [names, "sagemaker_submit_directory"], place),
  ),
  ...["OutputDataConfig", "DebugHookConfig", "ProfilerConfig", "TensorBoardOutputConfig"].map((config) =>
    writes(job, [config, "S3OutputPath"], place),
  ),
  writes(job, ["CheckpointConfig", "S3Uri"], place),
];

/** What the role of a training job must be allowed, beside writing its log. */
export const trainingStatements = (
  scope: PermissionScope,
  { image, kmsKeyArn, inputUris, outputUri }: TrainingData,
): IamStatement[] => [
  ...(image === undefined ? [] : imageStatements(image)),
  ...keyStatements(kmsKeyArn),
  ...inputUris.flatMap((uri) => readStatements(scope, uri)),
  ...writeStatements(scope, outputUri),
];

interface TrainingData {
  /** Undefined where it is known only when the job starts. */
  readonly image: string | undefined;
  readonly kmsKeyArn: string;
  readonly inputUris: readonly (Json | undefined)[];
  readonly outputUri: Json | undefined;
}
