import type { RenderedStep } from "../../../pipelines/definition/rendered/json";
import { underHouseRules } from "../../../pipelines/python/house-rules";
import { devContext } from "../../support/mammo-severity";
import { changed, definitionOf, pipelineOf, stepOf } from "../../support/more-kinds";

/*
 * Expected actions, resources and conditions are those of AWS's service authorization reference, of its managed policy
 * AmazonSageMakerPipelinesIntegrations, and of Clarify's guide.
 */

const permitted = (...steps: readonly RenderedStep[]) => {
  const statements = pipelineOf(...steps).permissions();
  return (action: string) =>
    statements
      .filter(({ Action }) => Action.includes(action))
      .map(({ Resource, Condition }) => ({ Resource, ...(Condition && { Condition }) }));
};

const { executionRoleArn, kmsKeyArn, volumeKeyArn } = devContext;
const sagemaker = "arn:aws:sagemaker:us-east-1:111111111111";
const scorer = `${sagemaker}:model/scorer`;
const keys = "arn:aws:kms:us-east-1:111111111111:key/*";

test("a Clarify check of data is a processing job that serves nothing", () => {
  const may = permitted(stepOf("DataBias"));
  expect(may("sagemaker:CreateProcessingJob")).toMatchObject([
    { Condition: { Bool: { "sagemaker:NetworkIsolation": "true" } } },
  ]);
  expect(may("ecr:BatchGetImage")).toEqual([
    { Resource: ["arn:aws:ecr:us-east-1:205585389593:repository/sagemaker-clarify-processing"] },
  ]);
  expect(JSON.stringify(may("s3:GetObject"))).toContain("/baseline/analysis.json*");
  expect(may("sagemaker:CreateEndpoint")).toEqual([]);
});

test("a Clarify check of a model may serve that model for a while, under Clarify's names", () => {
  const may = permitted(stepOf("ModelBias"));
  const config = `${sagemaker}:endpoint-config/sm-clarify-config-*`;
  expect(may("sagemaker:CreateEndpointConfig")).toEqual([
    { Resource: [config], Condition: { ArnLike: { "sagemaker:ModelArn": [scorer] } } },
  ]);
  expect(may("sagemaker:CreateEndpoint")).toEqual([
    { Resource: [config, `${sagemaker}:endpoint/sm-clarify-*`].toSorted() },
  ]);
  expect(may("sagemaker:InvokeEndpoint")).toEqual([{ Resource: [`${sagemaker}:endpoint/sm-clarify-*`] }]);
  expect(may("sagemaker:DescribeModel")).toEqual([{ Resource: [scorer] }]);
});

test("an EMR step is added to its cluster alone, and may not say which role it works as unless it does", () => {
  const cluster = ["arn:aws:elasticmapreduce:us-east-1:111111111111:cluster/j-1ABCDEFGHIJKL"];
  const may = permitted(stepOf("Crunch"));
  expect(may("elasticmapreduce:AddJobFlowSteps")).toEqual([
    { Resource: cluster, Condition: { Null: { "elasticmapreduce:ExecutionRoleArn": "true" } } },
  ]);
  expect(may("elasticmapreduce:DescribeStep")).toEqual([{ Resource: cluster }]);
  expect(may("events:PutRule")).toEqual([
    {
      Resource: [
        "arn:aws:events:us-east-1:111111111111:rule/SageMakerPipelineExecutionEMRStepStatusUpdateRule",
      ],
    },
  ]);
  const role = "arn:aws:iam::111111111111:role/emr-runtime";
  expect(
    permitted(changed("Crunch", { ExecutionRoleArn: role }))("elasticmapreduce:AddJobFlowSteps"),
  ).toEqual([
    { Resource: cluster, Condition: { StringEquals: { "elasticmapreduce:ExecutionRoleArn": role } } },
  ]);
});

test("an AutoML job has keys and encryption, and reads and writes what it says", () => {
  const may = permitted(stepOf("Search"));
  expect(may("sagemaker:CreateAutoMLJob")).toEqual([
    {
      Resource: [`${sagemaker}:automl-job/*`],
      Condition: {
        Bool: { "sagemaker:InterContainerTrafficEncryption": "true" },
        ArnLike: {
          "sagemaker:OutputKmsKeyArn": [kmsKeyArn, keys],
          "sagemaker:VolumeKmsKeyArn": keys,
        },
      },
    },
  ]);
  expect(may("iam:PassRole")).toMatchObject([{ Resource: [executionRoleArn] }]);
  expect(JSON.stringify(may("s3:PutObject"))).toContain("/automl*");
});

test("an endpoint, its configuration and its components have pipelines' names, keys and models that are known", () => {
  const may = permitted(stepOf("Configure"), stepOf("Serve"), stepOf("Component"));
  expect(may("sagemaker:CreateEndpointConfig")).toEqual([
    {
      Resource: [`${sagemaker}:endpoint-config/pipelines-scorer-*`],
      Condition: {
        ArnLike: { "sagemaker:ModelArn": [scorer], "sagemaker:VolumeKmsKeyArn": [volumeKeyArn] },
      },
    },
  ]);
  expect(may("sagemaker:UpdateEndpoint")).toEqual([
    { Resource: [`${sagemaker}:endpoint-config/pipelines-*`, `${sagemaker}:endpoint/pipelines-scorer`] },
  ]);
  expect(may("sagemaker:CreateInferenceComponent")).toEqual([
    {
      Resource: [
        `${sagemaker}:endpoint/pipelines-*`,
        `${sagemaker}:inference-component/pipelines-scorer-part`,
      ],
      Condition: { ArnLike: { "sagemaker:ModelArn": [scorer] } },
    },
  ]);
  expect(may("sagemaker:DeleteEndpoint")).toEqual([]);
  expect(JSON.stringify(may("s3:PutObject"))).toContain("/captured*");
  expect(pipelineOf(stepOf("Configure")).machines()).toEqual([
    { use: "endpoint", instanceType: "ml.m5.xlarge", count: 1 },
  ]);
});

test("a model that another step makes is served as one of the pipeline's", () => {
  const model = {
    Name: "Make",
    Type: "Model",
    Arguments: { ExecutionRoleArn: executionRoleArn, PrimaryContainer: {} },
  };
  const variants = [{ VariantName: "a", ModelName: { Get: "Steps.Make.ModelName" }, ServerlessConfig: {} }];
  const may = permitted(model, changed("Configure", { ProductionVariants: variants }));
  expect(may("sagemaker:CreateEndpointConfig")).toMatchObject([
    { Condition: { ArnLike: { "sagemaker:ModelArn": [`${sagemaker}:model/pipelines-*`] } } },
  ]);
  expect(JSON.stringify(may("sagemaker:CreateEndpointConfig"))).not.toContain("VolumeKmsKeyArn");
});

test("a configuration for components, which names no model, lets none be named", () => {
  const variants = [{ VariantName: "a", InstanceType: "ml.m5.xlarge", InitialInstanceCount: 1 }];
  const may = permitted(changed("Configure", { ProductionVariants: variants }));
  expect(may("sagemaker:CreateEndpointConfig")).toMatchObject([
    {
      Condition: {
        Null: { "sagemaker:ModelArn": "true" },
        ArnLike: { "sagemaker:VolumeKmsKeyArn": [volumeKeyArn] },
      },
    },
  ]);
});

test("lineage is recorded under the names that the step gives", () => {
  const may = permitted(stepOf("Record"));
  expect(may("sagemaker:CreateAction")).toEqual([{ Resource: [`${sagemaker}:action/scoring`] }]);
  expect(may("sagemaker:CreateArtifact")).toEqual([{ Resource: [`${sagemaker}:artifact/*`] }]);
  expect(may("sagemaker:AddAssociation")).toEqual([
    { Resource: [`${sagemaker}:action/scoring`, `${sagemaker}:artifact/*`] },
  ]);
  expect(may("sagemaker:CreateContext")).toEqual([]);
});

test("an AutoML job is put into the account's network", () => {
  const network = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
  const [step] = underHouseRules(definitionOf(stepOf("Search")), { ...devContext, network }).Steps;
  expect(step?.Arguments).toMatchObject({
    AutoMLJobConfig: {
      SecurityConfig: { VpcConfig: { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1"] } },
    },
  });
});
