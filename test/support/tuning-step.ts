import { bucket, executionRole } from "./runner-sandbox";
import { train } from "./xgboost-steps";

const { ResourceConfig, InputDataConfig, AlgorithmSpecification } = train.Arguments;

/** Tuning of XGBoost as AWS's SDK renders it. @param changes of its `HyperParameterTuningJobConfig` */
export const tuneStep = (changes: object = {}, fixed: Readonly<Record<string, string>> = {}) => ({
  Name: "Tune",
  Type: "Tuning",
  Arguments: {
    HyperParameterTuningJobConfig: {
      Strategy: "Random",
      RandomSeed: 7,
      ResourceLimits: { MaxNumberOfTrainingJobs: { Get: "Parameters.Jobs" }, MaxParallelTrainingJobs: 2 },
      HyperParameterTuningJobObjective: { Type: "Minimize", MetricName: "validation:logloss" },
      ParameterRanges: {
        IntegerParameterRanges: [{ Name: "max_depth", MinValue: "1", MaxValue: "4", ScalingType: "Auto" }],
        ContinuousParameterRanges: [
          { Name: "eta", MinValue: "0.01", MaxValue: "0.9", ScalingType: "Logarithmic" },
        ],
        CategoricalParameterRanges: [{ Name: "tree_method", Values: ["hist", "exact"] }],
      },
      ...changes,
    },
    TrainingJobDefinition: {
      StaticHyperParameters: {
        objective: "binary:logistic",
        eval_metric: "auc",
        num_round: "4",
        min_child_weight: "0",
        ...fixed,
      },
      AlgorithmSpecification,
      HyperParameterTuningResourceConfig: ResourceConfig,
      InputDataConfig,
      OutputDataConfig: { S3OutputPath: `s3://${bucket}/tuned` },
      StoppingCondition: { MaxRuntimeInSeconds: 3600 },
      RoleArn: executionRole,
    },
  },
});

export const tuneParameters = [{ Name: "Jobs", Type: "Integer", DefaultValue: 4 }];
