import type { Construct } from "constructs";
import type { Estate, WorkloadEnvironment } from "../../config/schema";
import { bucketArn, logGroupArn, pipelineArn, regionalArn } from "../../core/arns";
import { inBucketsOf } from "../../core/bucket-owner";
import type { IdentityStatement } from "../../core/policy";
import { lookUpVersionsStatements } from "../../modules/iam/registry-statements";
import { useThroughS3Statement } from "../../modules/kms/statements";
import type { ModelDefinition } from "../../pipelines/model";
import { pipelinesIn } from "../model-pipelines";
import { accountRegionOf, namesOfWorkload, registryOf, runsIn, workflowsIn } from "../topology";
import { workflowUseStatements } from "../workflow-roles";
import { addAccessRole } from "./access-role";

/**
 * `scientist`: runs the pipelines and workflows of this account's models, uploads their data and reads how good their versions are. It changes no
 * pipeline, reads no data and decides on no version.
 */
export function addScientist(
  scope: Construct,
  estate: Estate,
  workload: WorkloadEnvironment,
  known: readonly ModelDefinition[],
): void {
  const workflows = workflowsIn(workload, known);
  const models = known.filter((model) => runsIn(workload, model));
  const both = known.filter((model) => models.includes(model) || workflows.includes(model));
  if (both.length === 0) return;
  addAccessRole(scope, "scientist", {
    estate,
    environment: workload,
    description: "Runs pipelines, uploads data and lists versions of models",
    policies: {
      ...(models.length > 0 && { runs: runPipelines(estate, workload, models) }),
      data: uploadData(estate, workload, both),
      ...(models.length > 0 && {
        versions: lookUpVersionsStatements(
          accountRegionOf(registryOf(estate, workload)),
          models.map(({ modelPackageGroup }) => modelPackageGroup),
        ),
      }),
      ...(workflows.length > 0 && { workflows: workflowUseStatements(estate, workload, workflows) }),
    },
  });
}

function runPipelines(
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): IdentityStatement[] {
  const where = accountRegionOf(workload);
  const { functionLogGroup } = namesOfWorkload(estate, workload);
  const pipelines = models
    .flatMap((model) => Object.values(pipelinesIn(estate, workload, model)))
    .map(({ name }) => pipelineArn(where, name));
  const allow = (Sid: string, Action: readonly string[], Resource: readonly string[]): IdentityStatement => ({
    Sid,
    Effect: "Allow",
    Action,
    Resource,
  });
  return [
    allow(
      "Pipelines",
      ["sagemaker:DescribePipeline", "sagemaker:ListPipelineExecutions", "sagemaker:StartPipelineExecution"],
      pipelines,
    ),
    allow(
      "Executions",
      [
        "sagemaker:DescribePipelineDefinitionForExecution",
        "sagemaker:DescribePipelineExecution",
        "sagemaker:ListPipelineExecutionSteps",
        "sagemaker:ListPipelineParametersForExecution",
        "sagemaker:StopPipelineExecution",
      ],
      pipelines.map((pipeline) => `${pipeline}/execution/*`),
    ),
    allow("Find", ["sagemaker:ListPipelines"], ["*"]),
    allow(
      "Jobs",
      ["sagemaker:DescribeProcessingJob", "sagemaker:DescribeTrainingJob", "sagemaker:DescribeTransformJob"],
      ["processing-job", "training-job", "transform-job"].map((kind) =>
        regionalArn("sagemaker", where, `${kind}/pipelines-*`),
      ),
    ),
    allow(
      "Logs",
      ["logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:GetLogEvents"],
      ["/aws/sagemaker/*", `${functionLogGroup}:*`].map((group) => logGroupArn(where, group)),
    ),
  ];
}

/** Data go in, and do not come out: of what pipelines write, only evaluations, which say how good a version is. */
function uploadData(
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): IdentityStatement[] {
  const { dataBucket, keyAlias } = namesOfWorkload(estate, workload);
  const bucket = bucketArn(workload, dataBucket);
  const below = (path: string): string[] => models.map(({ name }) => `${bucket}/${name}/${path}`);
  return [
    ...inBucketsOf(workload.account, [
      { Sid: "Uploads", Effect: "Allow", Action: ["s3:PutObject"], Resource: below("data/*") },
      {
        Sid: "Evaluations",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: below("*/evaluation/evaluation.json"),
      },
    ]),
    useThroughS3Statement("DataKey", accountRegionOf(workload), {
      alias: keyAlias,
      buckets: [bucket],
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    }),
  ];
}
