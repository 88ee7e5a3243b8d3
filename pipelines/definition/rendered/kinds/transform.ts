import { transformCondition } from "../../network";
import {
  jobStatements,
  keyStatements,
  readStatements,
  writeStatements,
  type IamStatement,
  type PermissionScope,
} from "../../permissions";
import type { Json } from "../../values";
import { valueAt } from "../json";
import type { DerivedKind } from "../kind";
import { hasVolumeKey, keyOf } from "./job";

/** A job that scores a batch. */
export const transform: DerivedKind = {
  permissions: ({ Arguments }, scope) => {
    const kmsKeyArn = keyOf("TransformOutput.KmsKeyId", valueAt(Arguments, "TransformOutput", "KmsKeyId"));
    return [
      ...jobStatements(
        scope,
        "Transform",
        transformCondition(kmsKeyArn, hasVolumeKey(valueAt(Arguments, "TransformResources"))),
      ),
      ...transformStatements(scope, {
        kmsKeyArn,
        inputUris: [valueAt(Arguments, "TransformInput", "DataSource", "S3DataSource", "S3Uri")],
        outputUri: valueAt(Arguments, "TransformOutput", "S3OutputPath"),
      }),
    ];
  },
  machines: ({ Arguments }) => ({
    use: "transform job",
    instanceType: valueAt(Arguments, "TransformResources", "InstanceType"),
    instanceCount: valueAt(Arguments, "TransformResources", "InstanceCount"),
  }),
};

/** What the role of a transform job must be allowed, beside writing its log: it works as its model's role. */
export const transformStatements = (
  scope: PermissionScope,
  { kmsKeyArn, inputUris, outputUri }: TransformData,
): IamStatement[] => [
  ...keyStatements(kmsKeyArn),
  ...inputUris.flatMap((uri) => readStatements(scope, uri)),
  ...writeStatements(scope, outputUri),
];

interface TransformData {
  readonly kmsKeyArn: string;
  readonly inputUris: readonly (Json | undefined)[];
  readonly outputUri: Json | undefined;
}
