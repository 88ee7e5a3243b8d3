import { Step, type JobStepProps } from "../step";
import type { Argument, Value } from "../values";

/**
 * What a row gives to the model and to the output. Columns are JSONPath over the row as an array: `$[1:]`, `$[0,-1]`.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html
 */
export interface TransformRecords {
  /** What the model gets. @default `$`, all */
  readonly inputFilter?: string;
  /** What the output file gets. @default `$`, all */
  readonly outputFilter?: string;
  /** Whether a row's prediction stands behind the row itself. @default it stands alone */
  readonly joinsInput?: boolean;
}

/** What a transform job is told. What may stand for a text or a number, whoever starts the job says. */
export interface TransformJob<Text, Count> {
  readonly modelName: Text;
  readonly instanceType: Text;
  readonly instanceCount: Count;
  readonly inputUri: Text;
  readonly outputUri: Text;
  /** Of input and output. */
  readonly contentType: string;
  /** What the output has beside the predictions. @default nothing, and the model gets whole rows */
  readonly records?: TransformRecords;
  /** Alias ARN of the key for the output. */
  readonly kmsKeyArn: string;
  /** ARN of the key itself for the volume, as for every other job (ADR 30). */
  readonly volumeKeyArn: string;
}

export interface TransformStepProps extends JobStepProps, TransformJob<Value<string>, Value<number>> {}

/** Scores a batch, line by line. Whether it reaches a network is said of its model. */
export class TransformStep extends Step {
  constructor(
    name: string,
    private readonly props: TransformStepProps,
  ) {
    super(name, "Transform", props);
  }

  arguments(): Argument {
    return transformRequest(this.props);
  }
}

/** `CreateTransformJob` of a job, but for its name. */
export const transformRequest = <Text, Count>(job: TransformJob<Text, Count>) => ({
  ModelName: job.modelName,
  TransformInput: {
    DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: job.inputUri } },
    ContentType: job.contentType,
    SplitType: "Line",
  },
  TransformOutput: {
    S3OutputPath: job.outputUri,
    KmsKeyId: job.kmsKeyArn,
    AssembleWith: "Line",
    Accept: job.contentType,
  },
  TransformResources: {
    InstanceCount: job.instanceCount,
    InstanceType: job.instanceType,
    VolumeKmsKeyId: job.volumeKeyArn,
  },
  ...(job.records && { DataProcessing: dataProcessing(job.records) }),
});

const dataProcessing = ({ inputFilter, outputFilter, joinsInput }: TransformRecords) => ({
  ...(inputFilter !== undefined && { InputFilter: inputFilter }),
  ...(outputFilter !== undefined && { OutputFilter: outputFilter }),
  ...(joinsInput && { JoinSource: "Input" }),
});
