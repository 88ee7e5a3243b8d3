import { alarmArn, everyKeyArn, pipelineArn, regionalArn } from "../core/arns";
import type { Condition, IdentityStatement } from "../core/policy";
import { projectNames } from "../core/project-names";
import {
  allow,
  artifactStatements,
  idTag,
  keyStatements,
  passStatement,
  sagemaker,
  versionsOf,
  type ProjectScope,
} from "./statements";

const crud = (what: string): string[] => [`Create${what}`, `Describe${what}`, `Delete${what}`];

/** What CI of a project may do: run its pipelines, decide on its versions, and deploy what is called after it. */
export function ciStatements(scope: ProjectScope): IdentityStatement[] {
  const { where, name, id } = scope;
  const pipelines = pipelineArn(where, `*-${id}*`);
  return [
    // AWS's SDK asks whether its bucket is there by listing it, without a prefix.
    ...artifactStatements(scope, "StringLikeIfExists"),
    ...keyStatements(scope),
    allow(
      "Pipelines",
      "sagemaker",
      ["AddTags", "CreatePipeline", "DescribePipeline", "ListPipelineExecutions", "ListTags"]
        .concat(["StartPipelineExecution", "UpdatePipeline"])
        .toSorted(),
      [pipelines],
    ),
    allow(
      "Executions",
      "sagemaker",
      [
        "DescribePipelineDefinitionForExecution",
        "DescribePipelineExecution",
        "ListPipelineExecutionSteps",
        "ListPipelineParametersForExecution",
        "StopPipelineExecution",
      ],
      [`${pipelines}/execution/*`],
    ),
    allow(
      "Versions",
      "sagemaker",
      ["DescribeModelPackage", "DescribeModelPackageGroup", "ListModelPackages", "UpdateModelPackage"],
      versionsOf(scope),
    ),
    passStatement(scope),
    allow(
      "Stacks",
      "cloudformation",
      ["CreateStack", "DeleteStack", "DescribeStackEvents", "DescribeStackResources", "DescribeStacks"]
        .concat(["GetTemplate", "UpdateStack"])
        .toSorted(),
      [regionalArn("cloudformation", where, `stack/${projectNames(scope.prefix, { name, id }).stacks}/*`)],
    ),
    ...servingStatements(scope),
  ];
}

/** What a project's own stacks hold: what serves its versions. */
function servingStatements(scope: ProjectScope): IdentityStatement[] {
  const { where, id } = scope;
  const tagged = (key: string): Condition => ({
    [id.includes("*") ? "StringLike" : "StringEquals"]: { [`aws:${key}/${idTag}`]: id },
  });
  return [
    allow(
      "Serving",
      "sagemaker",
      [
        ...["Model", "EndpointConfig", "Endpoint"].flatMap(crud),
        ...["CreateTransformJob", "DescribeTransformJob", "StopTransformJob"],
        ...["AddTags", "DeleteTags", "InvokeEndpoint", "ListTags", "UpdateEndpoint"],
      ],
      sagemaker(
        scope,
        ...["model", "endpoint-config", "endpoint", "transform-job"].map((kind) => `${kind}/*-${id}-*`),
      ),
    ),
    allow(
      "Alarms",
      "cloudwatch",
      ["DeleteAlarms", "PutMetricAlarm", "TagResource"],
      [alarmArn(where, `*-${id}-*`)],
    ),
    allow("LookAtAlarms", "cloudwatch", ["DescribeAlarms"], [alarmArn(where, "*")]),
    allow("MakeKeys", "kms", ["CreateKey", "TagResource"], ["*"], tagged("RequestTag")),
    allow(
      "OwnKeys",
      "kms",
      ["CreateGrant", "Decrypt", "DescribeKey", "EnableKeyRotation", "GenerateDataKey*", "GetKeyPolicy"]
        .concat(["GetKeyRotationStatus", "ListResourceTags", "PutKeyPolicy", "ScheduleKeyDeletion"])
        .concat(["TagResource", "UntagResource", "UpdateKeyDescription"]),
      [everyKeyArn(where)],
      tagged("ResourceTag"),
    ),
    allow(
      "OwnAliases",
      "kms",
      ["CreateAlias", "DeleteAlias", "UpdateAlias"],
      [regionalArn("kms", where, `alias/*-${id}-*`)],
    ),
    allow(
      "AliasedKeys",
      "kms",
      ["CreateAlias", "DeleteAlias", "UpdateAlias"],
      [everyKeyArn(where)],
      tagged("ResourceTag"),
    ),
    allow("Aliases", "kms", ["ListAliases"], ["*"]),
  ];
}
