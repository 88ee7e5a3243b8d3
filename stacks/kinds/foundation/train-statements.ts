import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { bucketArn, modelPackagesArn, pipelineArn } from "../../../core/arns";
import { inBucketsOf } from "../../../core/bucket-owner";
import type { IdentityStatement } from "../../../core/policy";
import { evaluationFile } from "../../../core/releases";
import type { ModelDefinition } from "../../../pipelines/model";
import { accountRegionOf, namesOfWorkload, registryOf } from "../../topology";
import { trainedFirstIn } from "../../training";

/** The deploy role trains models where their way begins, and says how good they became; no policy where none does. */
export function trainPolicies(
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): Readonly<Record<string, readonly IdentityStatement[]>> {
  const statements = trainStatements(estate, workload, models);
  return statements.length > 0 ? { "jenkins-trains": statements } : {};
}

function trainStatements(
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): IdentityStatement[] {
  const trainings = trainedFirstIn(estate, workload, models);
  if (trainings.length === 0) return [];
  const trained = [...new Set(trainings.map(({ model }) => model))];
  const pipelines = trainings.map(({ pipeline }) => pipelineArn(accountRegionOf(workload), pipeline.name));
  const data = bucketArn(workload, namesOfWorkload(estate, workload).dataBucket);
  const registry = accountRegionOf(registryOf(estate, workload));
  return [
    {
      Sid: "Pipelines",
      Effect: "Allow",
      Action: [
        "sagemaker:DescribePipeline",
        "sagemaker:ListPipelineExecutions",
        "sagemaker:StartPipelineExecution",
      ],
      Resource: pipelines,
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
      Resource: pipelines.map((pipeline) => `${pipeline}/execution/*`),
    },
    {
      Sid: "TrainedVersions",
      Effect: "Allow",
      Action: ["sagemaker:DescribeModelPackage"],
      Resource: trained.map(({ modelPackageGroup }) => modelPackagesArn(registry, modelPackageGroup)),
    },
    ...inBucketsOf(workload.account, [
      {
        Sid: "TrainedEvaluations",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: trained.map(({ name }) => `${data}/${name}/*${evaluationFile}`),
      },
    ]),
  ];
}
