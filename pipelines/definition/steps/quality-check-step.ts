import { jobNetwork } from "../network";
import { Step, type CachedStepProps } from "../step";
import type { Argument, StepReference, Value } from "../values";
import { clusterArguments, inputArguments, outputArguments, type ProcessingCluster } from "./processing-step";
import type { Baseline } from "./register-model-step";

/** What is checked: the data, or the model's predictions against the truth. */
export type QualityCheck =
  | { readonly type: "DATA_QUALITY" }
  | {
      readonly type: "MODEL_QUALITY";
      readonly problemType: "Regression" | "BinaryClassification" | "MulticlassClassification";
      /** Column of the prediction, and of the truth. */
      readonly inferenceAttribute: string;
      readonly groundTruthAttribute: string;
    };

export interface QualityCheckStepProps extends CachedStepProps {
  readonly check: QualityCheck;
  /** Model Monitor's analyzer. */
  readonly image: string;
  readonly roleArn: string;
  readonly cluster: ProcessingCluster;
  /** S3 URI of headerless CSV. */
  readonly datasetUri: Value<string>;
  /** Folder that statistics, constraints and violations are written to. */
  readonly outputUri: Value<string>;
  /** Compute statistics and constraints, and compare them with nothing. */
  readonly skipCheck: boolean;
  readonly failOnViolation: boolean;
  /** Use the statistics and constraints of this run as the baseline from now on. */
  readonly registerNewBaseline: boolean;
  /** Group whose latest approved version has the baseline. @default none */
  readonly modelPackageGroupArn?: string;
  /** Baseline given by hand, instead of the group's. @default none */
  readonly suppliedBaseline?: Baseline;
}

const container = {
  input: "/opt/ml/processing/input/baseline_dataset_input",
  output: "/opt/ml/processing/output",
};

/** The analyzer reads this as text, in the spelling AWS's own SDK has. */
const headerlessCsv = '{"csv": {"header": false, "output_columns_position": "START"}}';

/**
 * Runs Model Monitor's analyzer over a dataset and compares it with a baseline.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-quality-check
 */
export class QualityCheckStep extends Step {
  constructor(
    name: string,
    private readonly props: QualityCheckStepProps,
  ) {
    super(name, "QualityCheck", props);
  }

  /** What this run computed. */
  get calculatedBaseline(): { readonly statistics: StepReference; readonly constraints: StepReference } {
    return {
      statistics: this.reference("CalculatedBaselineStatistics"),
      constraints: this.reference("CalculatedBaselineConstraints"),
    };
  }

  /** What drift is checked against from now on. */
  get baselineUsedForDriftCheck(): {
    readonly statistics: StepReference;
    readonly constraints: StepReference;
  } {
    return {
      statistics: this.reference("BaselineUsedForDriftCheckStatistics"),
      constraints: this.reference("BaselineUsedForDriftCheckConstraints"),
    };
  }

  arguments(): Argument {
    const { image, roleArn, cluster, datasetUri, outputUri } = this.props;
    return {
      ProcessingResources: clusterArguments(cluster),
      AppSpecification: { ImageUri: image },
      RoleArn: roleArn,
      ProcessingInputs: inputArguments([
        { name: "baseline_dataset_input", s3Uri: datasetUri, localPath: container.input },
      ]),
      ProcessingOutputConfig: outputArguments(cluster.kmsKeyArn, {
        quality_check_output: { s3Uri: outputUri, localPath: container.output },
      }),
      Environment: this.environment(),
      NetworkConfig: jobNetwork({}),
    };
  }

  protected override extras(): Argument {
    const { check, skipCheck, failOnViolation, registerNewBaseline, modelPackageGroupArn, suppliedBaseline } =
      this.props;
    return {
      CheckType: check.type,
      ModelPackageGroupName: modelPackageGroupArn,
      SkipCheck: skipCheck,
      FailOnViolation: failOnViolation,
      RegisterNewBaseline: registerNewBaseline,
      SuppliedBaselineStatistics: suppliedBaseline?.statistics,
      SuppliedBaselineConstraints: suppliedBaseline?.constraints,
    };
  }

  private environment(): Argument {
    const { check } = this.props;
    const common = {
      output_path: container.output,
      publish_cloudwatch_metrics: "Disabled",
      dataset_format: headerlessCsv,
      dataset_source: container.input,
    };
    if (check.type === "DATA_QUALITY") return common;
    return {
      ...common,
      analysis_type: "MODEL_QUALITY",
      problem_type: check.problemType,
      inference_attribute: check.inferenceAttribute,
      ground_truth_attribute: check.groundTruthAttribute,
    };
  }
}
