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
import { conditionOfJob, keyOf } from "./job";

/** A job that makes a model. */
export const training: DerivedKind = {
  permissions: ({ Arguments }, scope) => {
    const kmsKeyArn = keyOf("OutputDataConfig.KmsKeyId", valueAt(Arguments, "OutputDataConfig", "KmsKeyId"));
    return [
      ...jobStatements(
        scope,
        "Training",
        conditionOfJob(kmsKeyArn, Arguments, valueAt(Arguments, "ResourceConfig")),
      ),
      ...trainingStatements(scope, {
        kmsKeyArn,
        image: textOf(valueAt(Arguments, "AlgorithmSpecification", "TrainingImage")),
        inputUris: itemsOf(valueAt(Arguments, "InputDataConfig")).map((channel) =>
          valueAt(channel, "DataSource", "S3DataSource", "S3Uri"),
        ),
        outputUri: valueAt(Arguments, "OutputDataConfig", "S3OutputPath"),
      }),
    ];
  },
  machines: ({ Arguments }) => ({
    use: "training job",
    instanceType: valueAt(Arguments, "ResourceConfig", "InstanceType"),
    instanceCount: valueAt(Arguments, "ResourceConfig", "InstanceCount"),
  }),
};

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
