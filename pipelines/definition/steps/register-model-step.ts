import { Step, type RetriedStepProps } from "../step";
import type { Argument, Value } from "../values";

/** Statistics and constraints of a check, as S3 URIs of JSON files. */
export interface Baseline {
  readonly statistics: Value<string>;
  readonly constraints: Value<string>;
}

export interface RegisterModelStepProps extends RetriedStepProps {
  /** ARN: the group may be in another account. */
  readonly modelPackageGroupArn: string;
  readonly image: string;
  readonly modelDataUri: Value<string>;
  readonly contentTypes: readonly string[];
  readonly responseTypes: readonly string[];
  readonly inferenceInstances: readonly string[];
  readonly transformInstances: readonly string[];
  /** S3 URI of the evaluation report. */
  readonly modelQuality: Value<string>;
  /** The training data's own statistics and constraints. */
  readonly dataQuality: Baseline;
  /** What later data is checked against. */
  readonly driftCheck: Baseline;
  /** What else is to be known of the version, such as the S3 version ids of its files. @default nothing */
  readonly metadata?: Readonly<Record<string, Value<string>>>;
}

const jsonFile = (uri: Value<string>): Argument => ({ ContentType: "application/json", S3Uri: uri });

const baselineFiles = ({ statistics, constraints }: Baseline): Argument => ({
  Statistics: jsonFile(statistics),
  Constraints: jsonFile(constraints),
});

/**
 * Registers a version in a model package group, with its metrics and the baselines to check drift against. It is never approved
 * by that: whoever trains does not approve, and the group's policy refuses it too.
 */
export class RegisterModelStep extends Step {
  constructor(
    name: string,
    private readonly props: RegisterModelStepProps,
  ) {
    super(name, "RegisterModel", props);
  }

  arguments(): Argument {
    const { props } = this;
    return {
      ModelPackageGroupName: props.modelPackageGroupArn,
      ModelMetrics: {
        ModelQuality: { Statistics: jsonFile(props.modelQuality) },
        ModelDataQuality: baselineFiles(props.dataQuality),
        Bias: {},
        Explainability: {},
      },
      DriftCheckBaselines: { ModelDataQuality: baselineFiles(props.driftCheck) },
      InferenceSpecification: {
        Containers: [{ Image: props.image, Environment: {}, ModelDataUrl: props.modelDataUri }],
        SupportedContentTypes: props.contentTypes,
        SupportedResponseMIMETypes: props.responseTypes,
        SupportedRealtimeInferenceInstanceTypes: props.inferenceInstances,
        SupportedTransformInstanceTypes: props.transformInstances,
      },
      ModelApprovalStatus: "PendingManualApproval",
      CustomerMetadataProperties: props.metadata,
      SkipModelValidation: "None",
    };
  }
}
