import { jobNetwork, type NetworkProps } from "../network";
import { Step, type JobStepProps } from "../step";
import { JsonFileValue, type Argument, type StepReference, type Value } from "../values";

/** The machines a processing job runs on. */
export interface ProcessingCluster {
  readonly instanceType: Value<string>;
  readonly instanceCount: Value<number>;
  /** Gigabytes. @default 30 */
  readonly volumeSizeInGB?: number;
  /** Alias ARN of the key for the outputs. */
  readonly kmsKeyArn: string;
  /** ARN of the key itself for the volume: SageMaker documents no alias there (ADR 30). */
  readonly volumeKeyArn: string;
}

export interface ProcessingInput {
  readonly name: string;
  readonly s3Uri: Value<string>;
  /** Folder in the container. */
  readonly localPath: string;
}

export interface ProcessingOutput {
  /** Folder in the container. */
  readonly localPath: string;
  readonly s3Uri: Value<string>;
}

export interface ProcessingStepProps<Output extends string, PropertyFile extends string>
  extends JobStepProps, NetworkProps {
  readonly image: string;
  /** Role the job runs as. */
  readonly roleArn: string;
  readonly entryPoint: readonly string[];
  readonly containerArguments?: readonly Value<string>[];
  readonly environment?: Readonly<Record<string, Value<string>>>;
  readonly cluster: ProcessingCluster;
  readonly inputs: readonly ProcessingInput[];
  /** By the name other steps refer to. */
  readonly outputs: Readonly<Record<Output, ProcessingOutput>>;
  /** JSON files whose values conditions may use: name, the output it is in, its path there. @default none */
  readonly propertyFiles?: Readonly<Record<PropertyFile, { readonly output: Output; readonly path: string }>>;
}

/** `ProcessingResources` of a job. */
export const clusterArguments = (cluster: ProcessingCluster): Argument => ({
  ClusterConfig: {
    InstanceType: cluster.instanceType,
    InstanceCount: cluster.instanceCount,
    VolumeSizeInGB: cluster.volumeSizeInGB ?? 30,
    VolumeKmsKeyId: cluster.volumeKeyArn,
  },
});

/** `ProcessingInputs`, each a prefix copied into the container before the job starts. */
export const inputArguments = (inputs: readonly ProcessingInput[]): Argument =>
  inputs.map(({ name, s3Uri, localPath }) => ({
    InputName: name,
    AppManaged: false,
    S3Input: {
      S3Uri: s3Uri,
      LocalPath: localPath,
      S3DataType: "S3Prefix",
      S3InputMode: "File",
      S3DataDistributionType: "FullyReplicated",
      S3CompressionType: "None",
    },
  }));

/** `ProcessingOutputConfig`, each a folder copied out when the job ends. */
export const outputArguments = (
  kmsKeyArn: string,
  outputs: Readonly<Record<string, ProcessingOutput>>,
): Argument => ({
  Outputs: Object.entries(outputs).map(([name, { localPath, s3Uri }]) => ({
    OutputName: name,
    AppManaged: false,
    S3Output: { S3Uri: s3Uri, LocalPath: localPath, S3UploadMode: "EndOfJob" },
  })),
  KmsKeyId: kmsKeyArn,
});

/** Runs a script in a container on its own machines. */
export class ProcessingStep<Output extends string, PropertyFile extends string = never> extends Step {
  constructor(
    name: string,
    private readonly props: ProcessingStepProps<Output, PropertyFile>,
  ) {
    super(name, "Processing", props);
  }

  /** S3 URI of an output; a name the step does not have does not compile. */
  output(name: Output): StepReference {
    return this.reference(`ProcessingOutputConfig.Outputs['${name}'].S3Output.S3Uri`);
  }

  /** A value in one of the step's property files. */
  jsonValue(propertyFile: PropertyFile, jsonPath: string): JsonFileValue {
    return new JsonFileValue(this, propertyFile, jsonPath);
  }

  arguments(): Argument {
    const { image, entryPoint, containerArguments, environment, cluster, inputs, outputs } = this.props;
    return {
      ProcessingResources: clusterArguments(cluster),
      AppSpecification: {
        ImageUri: image,
        ContainerEntrypoint: entryPoint,
        ContainerArguments: containerArguments,
      },
      RoleArn: this.props.roleArn,
      ProcessingInputs: inputArguments(inputs),
      ProcessingOutputConfig: outputArguments(cluster.kmsKeyArn, outputs),
      Environment: environment,
      NetworkConfig: jobNetwork(this.props),
    };
  }

  protected override extras(): Argument {
    const files = Object.entries<{ output: string; path: string }>(this.props.propertyFiles ?? {});
    if (files.length === 0) return {};
    return {
      PropertyFiles: files.map(([name, { output, path }]) => ({
        PropertyFileName: name,
        OutputName: output,
        FilePath: path,
      })),
    };
  }
}
