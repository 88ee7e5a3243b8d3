import { models } from "../../../pipelines";
import { trainedFirstIn } from "../../../stacks/training";
import { workloadsOf } from "../../../stacks/topology";
import { changedEstate } from "../../support/changed-estate";
import { resources, statementsOf } from "../../support/synth";
import { changedStacks, stackOf } from "../../support/synthesised";

const byCi = { files: { "dev.json": { ci: "jenkins" } } };
const stacks = changedStacks(byCi);
const policyIn = (id: string) =>
  resources(stackOf(stacks, id), "aws_iam_policy").find(({ name }) => name === "jenkins-trains");

test("a model's way begins where no account before trains it", () => {
  const { estate } = changedEstate(byCi);
  const found = workloadsOf(estate).map((workload) => [
    workload.name,
    trainedFirstIn(estate, workload, models).map(({ pipeline }) => pipeline.name),
  ]);
  expect(found).toEqual([
    ["dev", ["mammo-severity-train-pipeline"]],
    ["prod", []],
  ]);
});

test("it begins further on where the account before only runs inference, and never where nothing is promoted", () => {
  const inference = { models: { "mammo-severity": { pipelines: ["inference"] } } };
  const begins = (files: Readonly<Record<string, object>>) => {
    const { estate } = changedEstate({ files });
    return workloadsOf(estate)
      .filter((workload) => trainedFirstIn(estate, workload, models).length > 0)
      .map(({ name }) => name);
  };
  const staging = {
    ...{ kind: "workload", account: "555555555555", registry: "registry", promotesTo: "prod" },
    models: { "mammo-severity": {} },
  };
  const before = { ...inference, promotesTo: "staging" };
  expect(begins({ "dev.json": before, "staging.json": staging })).toEqual(["staging"]);
  expect(begins({ "dev.json": inference })).toEqual([]);
});

test("Jenkins may start the training pipelines there, follow them, and read what came of them: that, and no more", () => {
  const pipeline = "arn:aws:sagemaker:us-east-1:111111111111:pipeline/mammo-severity-train-pipeline";
  expect(statementsOf(policyIn("dev-foundation")?.policy)).toEqual([
    {
      Sid: "Pipelines",
      Effect: "Allow",
      Action: [
        "sagemaker:DescribePipeline",
        "sagemaker:ListPipelineExecutions",
        "sagemaker:StartPipelineExecution",
      ],
      Resource: [pipeline],
    },
    {
      Sid: "Executions",
      Effect: "Allow",
      Action: [
        "sagemaker:DescribePipelineDefinitionForExecution",
        "sagemaker:DescribePipelineExecution",
        "sagemaker:ListPipelineExecutionSteps",
        "sagemaker:ListPipelineParametersForExecution",
        "sagemaker:StopPipelineExecution",
      ],
      Resource: [`${pipeline}/execution/*`],
    },
    {
      Sid: "TrainedVersions",
      Effect: "Allow",
      Action: ["sagemaker:DescribeModelPackage"],
      Resource: ["arn:aws:sagemaker:us-east-1:333333333333:model-package/mammo-severity-model-package/*"],
    },
    expect.objectContaining({
      Sid: "TrainedEvaluations",
      Action: ["s3:GetObject"],
      Resource: [
        "arn:aws:s3:::mlops-dev-sagemaker-data-111111111111/mammo-severity/*/evaluation/evaluation.json",
      ],
    }),
  ]);
  expect(policyIn("prod-foundation")).toBeUndefined();
});

test("its registry lets it read versions, and in the account after it only see the group", () => {
  const [group] = resources(stackOf(stacks, "registry"), "aws_sagemaker_model_package_group_policy");
  const readers = statementsOf(group?.resource_policy).filter(({ Sid }) => Sid?.startsWith("ReadVersions"));
  expect(
    readers.map((statement) => JSON.stringify(statement).includes("cross-account-jenkins-role")),
  ).toEqual([true, false]);
});
