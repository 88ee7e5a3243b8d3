import {
  jobStatements,
  keyStatements,
  readStatements,
  writeStatements,
  type IamStatement,
  type PermissionScope,
} from "../permissions";
import type { JobMachines } from "../machines";
import { transformCondition } from "../network";
import { Step, type JobStepProps } from "../step";
import type { Argument, Value } from "../values";

export interface TransformStepProps extends JobStepProps {
  readonly modelName: Value<string>;
  readonly instanceType: Value<string>;
  readonly instanceCount: Value<number>;
  readonly inputUri: Value<string>;
  readonly outputUri: Value<string>;
  /** Of input and output. */
  readonly contentType: string;
  /** Alias ARN of the key for the output. */
  readonly kmsKeyArn: string;
  /** ARN of the key itself for the volume, as for every other job (ADR 30). */
  readonly volumeKeyArn: string;
}

/** Scores a batch, line by line. Whether it reaches a network is said of its model. */
export class TransformStep extends Step {
  constructor(
    name: string,
    private readonly props: TransformStepProps,
  ) {
    super(name, "Transform", props);
  }

  override machines(): JobMachines {
    const { instanceType, instanceCount } = this.props;
    return { use: "transform job", instanceType, instanceCount };
  }

  arguments(): Argument {
    const { modelName, instanceType, instanceCount, inputUri, outputUri, contentType, ...keys } = this.props;
    const { kmsKeyArn, volumeKeyArn } = keys;
    return {
      ModelName: modelName,
      TransformInput: {
        DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: inputUri } },
        ContentType: contentType,
        SplitType: "Line",
      },
      TransformOutput: {
        S3OutputPath: outputUri,
        KmsKeyId: kmsKeyArn,
        AssembleWith: "Line",
        Accept: contentType,
      },
      TransformResources: {
        InstanceCount: instanceCount,
        InstanceType: instanceType,
        VolumeKmsKeyId: volumeKeyArn,
      },
    };
  }

  permissions(scope: PermissionScope): IamStatement[] {
    const { kmsKeyArn, inputUri, outputUri } = this.props;
    return [
      ...jobStatements(scope, "Transform", transformCondition(kmsKeyArn)),
      ...keyStatements(kmsKeyArn),
      ...readStatements(scope, inputUri),
      ...writeStatements(scope, outputUri),
    ];
  }
}
