import { RenderedPipeline } from "../../../pipelines/definition";
import { underHouseRules } from "../../../pipelines/python/house-rules";
import { devContext } from "../../support/mammo-severity";

const data = `s3://${devContext.dataBucket}`;

/** As AWS's SDK renders `TuningStep`, where its author says no more than he must. */
const tune = {
  Name: "Tune",
  Type: "Tuning",
  Arguments: {
    HyperParameterTuningJobConfig: {
      Strategy: "Bayesian",
      ResourceLimits: { MaxNumberOfTrainingJobs: { Get: "Parameters.Jobs" }, MaxParallelTrainingJobs: 3 },
      HyperParameterTuningJobObjective: { Type: "Minimize", MetricName: "validation:rmse" },
      ParameterRanges: {
        ContinuousParameterRanges: [{ Name: "eta", MinValue: "0.1", MaxValue: "0.5", ScalingType: "Auto" }],
      },
    },
    TrainingJobDefinition: {
      StaticHyperParameters: { num_round: "10" },
      RoleArn: devContext.executionRoleArn,
      OutputDataConfig: { S3OutputPath: `${data}/m/models` },
      StoppingCondition: { MaxRuntimeInSeconds: 86400 },
      HyperParameterTuningResourceConfig: {
        InstanceCount: 2,
        InstanceType: "ml.m5.xlarge",
        VolumeSizeInGB: 30,
      },
      AlgorithmSpecification: {
        TrainingInputMode: "File",
        TrainingImage: "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1",
      },
      InputDataConfig: [
        {
          DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: `${data}/m/train` } },
          ChannelName: "train",
        },
      ],
    },
  },
};

const ruled = (network?: typeof devContext.network) =>
  underHouseRules(
    {
      Version: "2020-12-01",
      Parameters: [{ Name: "Jobs", Type: "Integer", DefaultValue: 4 }],
      Steps: [tune],
    },
    { ...devContext, network },
  );
const pipeline = () => new RenderedPipeline({ ...devContext, name: "p" }, ruled());

test("keys, encryption and the network are put into what a tuning job launches", () => {
  const [step] = ruled({ subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] }).Steps;
  expect(step).toMatchObject({
    Arguments: {
      TrainingJobDefinition: {
        EnableInterContainerTrafficEncryption: true,
        OutputDataConfig: { KmsKeyId: devContext.kmsKeyArn },
        HyperParameterTuningResourceConfig: { VolumeKmsKeyId: devContext.volumeKeyArn },
        VpcConfig: { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1"] },
      },
    },
  });
});

test("tuning may make tuning jobs with its keys, hand over its role, read its channels and write its models", () => {
  const statements = pipeline().permissions();
  const of = (action: string) => statements.find(({ Action }) => Action.includes(action));
  expect(of("sagemaker:CreateHyperParameterTuningJob")).toEqual({
    Effect: "Allow",
    Action: ["sagemaker:CreateHyperParameterTuningJob"],
    Resource: ["arn:aws:sagemaker:us-east-1:111111111111:hyper-parameter-tuning-job/*"],
    Condition: {
      Bool: { "sagemaker:InterContainerTrafficEncryption": "true" },
      ArnLike: {
        "sagemaker:OutputKmsKeyArn": [devContext.kmsKeyArn, "arn:aws:kms:us-east-1:111111111111:key/*"],
        "sagemaker:VolumeKmsKeyArn": "arn:aws:kms:us-east-1:111111111111:key/*",
      },
    },
  });
  expect(of("sagemaker:ListTrainingJobsForHyperParameterTuningJob")).toBeDefined();
  expect(of("sagemaker:CreateTrainingJob")).toBeUndefined();
  expect(of("iam:PassRole")?.Resource).toEqual([devContext.executionRoleArn]);
  const objects = `arn:aws:s3:::${devContext.dataBucket}/m`;
  expect(of("s3:PutObject")?.Resource).toEqual([`${objects}/models*`]);
  expect(
    statements.filter(({ Action }) => Action[0] === "s3:GetObject").flatMap(({ Resource }) => Resource),
  ).toEqual([`${objects}/train*`]);
});

test("its machines are those of all training jobs that run side by side", () => {
  expect(pipeline().machines()).toEqual([{ use: "training job", instanceType: "ml.m5.xlarge", count: 6 }]);
});
