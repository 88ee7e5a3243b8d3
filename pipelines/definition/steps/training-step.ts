import { jobNetwork, type NetworkProps } from "../network";
import { Step, type JobStepProps } from "../step";
import { Join, type Argument, type StepReference, type Value } from "../values";

export interface TrainingChannel<Text> {
  readonly s3Uri: Text;
  readonly contentType: string;
}

/** What a training job is told. What may stand for a text, a number or a hyperparameter, whoever starts the job says. */
export interface TrainingJob<Image, Text, Count, Hyperparameter> extends NetworkProps {
  readonly image: Image;
  readonly roleArn: string;
  readonly instanceType: Text;
  readonly instanceCount: Count;
  /** Gigabytes. @default 30 */
  readonly volumeSizeInGB?: number;
  /** Alias ARN of the key for the artifact; cross-account registration needs a customer-managed one. */
  readonly kmsKeyArn: string;
  /** ARN of the key itself for the volume: SageMaker documents no alias there (ADR 30). */
  readonly volumeKeyArn: string;
  /** Folder the artifact is written below. */
  readonly outputUri: Text;
  /** SageMaker takes them as strings; what is known only when the job starts becomes one then, as AWS's SDK does it. */
  readonly hyperparameters: Readonly<Record<string, Hyperparameter>>;
  /** Input data by channel name. */
  readonly channels: Readonly<Record<string, TrainingChannel<Text>>>;
}

export interface TrainingStepProps
  extends JobStepProps, TrainingJob<string, Value<string>, Value<number>, Value<string | number>> {}

/** Longest time a training may take: a day. */
export const maxRuntimeSeconds = 86_400;

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

  arguments(): Argument {
    return trainingRequest(this.props, textOf);
  }
}

/** `CreateTrainingJob` of a job, but for its name. @param textOf a hyperparameter as text */
export const trainingRequest = <Image, Text, Count, Hyperparameter>(
  job: TrainingJob<Image, Text, Count, Hyperparameter>,
  textOf: (hyperparameter: Hyperparameter) => Text,
) => ({
  AlgorithmSpecification: { TrainingInputMode: "File", TrainingImage: job.image },
  OutputDataConfig: { S3OutputPath: job.outputUri, KmsKeyId: job.kmsKeyArn },
  StoppingCondition: { MaxRuntimeInSeconds: maxRuntimeSeconds },
  ResourceConfig: {
    VolumeSizeInGB: job.volumeSizeInGB ?? 30,
    VolumeKmsKeyId: job.volumeKeyArn,
    InstanceCount: job.instanceCount,
    InstanceType: job.instanceType,
  },
  RoleArn: job.roleArn,
  InputDataConfig: Object.entries(job.channels).map(channelArguments<Text>),
  HyperParameters: Object.fromEntries(
    Object.entries(job.hyperparameters).map(([name, value]) => [name, textOf(value)]),
  ),
  ...jobNetwork(job),
  ProfilerConfig: { DisableProfiler: true },
});

const textOf = (value: Value<string | number>): Value<string> =>
  typeof value === "object" ? new Join("", [value]) : String(value);

const channelArguments = <Text>([name, { s3Uri, contentType }]: [string, TrainingChannel<Text>]) => ({
  DataSource: {
    S3DataSource: { S3DataType: "S3Prefix", S3Uri: s3Uri, S3DataDistributionType: "FullyReplicated" },
  },
  ContentType: contentType,
  ChannelName: name,
});
