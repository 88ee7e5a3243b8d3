import {
  imageStatements,
  jobStatements,
  keyStatements,
  readStatements,
  writeStatements,
  type IamStatement,
  type PermissionScope,
} from "../permissions";
import type { JobMachines } from "../machines";
import { jobCondition, jobNetwork, type NetworkProps } from "../network";
import { Step, type JobStepProps } from "../step";
import { Join, type Argument, type StepReference, type Value } from "../values";

export interface TrainingChannel {
  readonly s3Uri: Value<string>;
  readonly contentType: string;
}

export interface TrainingStepProps extends JobStepProps, NetworkProps {
  readonly image: string;
  readonly roleArn: string;
  readonly instanceType: Value<string>;
  readonly instanceCount: Value<number>;
  /** Gigabytes. @default 30 */
  readonly volumeSizeInGB?: number;
  /** Alias ARN of the key for the artifact; cross-account registration needs a customer-managed one. */
  readonly kmsKeyArn: string;
  /** ARN of the key itself for the volume: SageMaker documents no alias there (ADR 30). */
  readonly volumeKeyArn: string;
  /** Folder the artifact is written below. */
  readonly outputUri: Value<string>;
  /** SageMaker takes them as strings; what is known only when the pipeline runs becomes one then, as AWS's SDK does it. */
  readonly hyperparameters: Readonly<Record<string, Value<string | number>>>;
  /** Input data by channel name. */
  readonly channels: Readonly<Record<string, TrainingChannel>>;
}

/** Longest time a training may take: a day. */
const maxRuntimeSeconds = 86_400;

/** Trains a model with an algorithm's own container. */
export class TrainingStep extends Step {
  constructor(
    name: string,
    private readonly props: TrainingStepProps,
  ) {
    super(name, "Training", props);
  }

  /** S3 URI of `model.tar.gz`. */
  get modelArtifacts(): StepReference {
    return this.reference("ModelArtifacts.S3ModelArtifacts");
  }

  override machines(): JobMachines {
    const { instanceType, instanceCount } = this.props;
    return { use: "training job", instanceType, instanceCount };
  }

  arguments(): Argument {
    const { props } = this;
    return {
      AlgorithmSpecification: { TrainingInputMode: "File", TrainingImage: props.image },
      OutputDataConfig: { S3OutputPath: props.outputUri, KmsKeyId: props.kmsKeyArn },
      StoppingCondition: { MaxRuntimeInSeconds: maxRuntimeSeconds },
      ResourceConfig: {
        VolumeSizeInGB: props.volumeSizeInGB ?? 30,
        VolumeKmsKeyId: props.volumeKeyArn,
        InstanceCount: props.instanceCount,
        InstanceType: props.instanceType,
      },
      RoleArn: props.roleArn,
      InputDataConfig: Object.entries(props.channels).map(channelArguments),
      HyperParameters: Object.fromEntries(
        Object.entries(props.hyperparameters).map(([name, value]) => [name, textOf(value)]),
      ),
      ...jobNetwork(props),
      ProfilerConfig: { DisableProfiler: true },
    };
  }

  permissions(scope: PermissionScope): IamStatement[] {
    const { image, kmsKeyArn, outputUri, channels } = this.props;
    return [
      ...jobStatements(scope, "Training", jobCondition(kmsKeyArn, this.props)),
      ...imageStatements(image),
      ...keyStatements(kmsKeyArn),
      ...Object.values(channels).flatMap(({ s3Uri }) => readStatements(scope, s3Uri)),
      ...writeStatements(scope, outputUri),
    ];
  }
}

const textOf = (value: Value<string | number>): Value<string> =>
  typeof value === "object" ? new Join("", [value]) : String(value);

const channelArguments = ([name, { s3Uri, contentType }]: [string, TrainingChannel]): Argument => ({
  DataSource: {
    S3DataSource: { S3DataType: "S3Prefix", S3Uri: s3Uri, S3DataDistributionType: "FullyReplicated" },
  },
  ContentType: contentType,
  ChannelName: name,
});
