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
import { reads, valuesOf, writes, type Use } from "../uses";
import { hasVolumeKey, keyOf } from "./job";

/** A job that scores a batch. */
export const transform: DerivedKind = {
  permissions: ({ Arguments }, scope) => {
    const kmsKeyArn = keyOf("TransformOutput.KmsKeyId", valueAt(Arguments, "TransformOutput", "KmsKeyId"));
    const uses = usesOf(Arguments);
    const [outputUri] = valuesOf(uses, "write");
    return [
      ...jobStatements(
        scope,
        "Transform",
        transformCondition(kmsKeyArn, hasVolumeKey(valueAt(Arguments, "TransformResources"))),
      ),
      ...transformStatements(scope, { kmsKeyArn, inputUris: valuesOf(uses, "read"), outputUri }),
    ];
  },
  uses: ({ Arguments }) => usesOf(Arguments),
  machines: ({ Arguments }) => ({
    use: "transform job",
    instanceType: valueAt(Arguments, "TransformResources", "InstanceType"),
    instanceCount: valueAt(Arguments, "TransformResources", "InstanceCount"),
  }),
};

const usesOf = (job: Json): Use[] => [
  reads(job, ["TransformInput", "DataSource", "S3DataSource", "S3Uri"]),
  writes(job, ["TransformOutput", "S3OutputPath"]),
];

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
