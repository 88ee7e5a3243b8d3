import type { Guarded } from "./policies";
import { strangersAccount } from "./principals";
import type { Question } from "./question";
import type { NamedType } from "./arn-of";
import {
  algorithm,
  keyId,
  customerKey,
  makesObject,
  keptFile,
  foreign,
  put,
  plain,
  status,
  pass,
  type Danger,
} from "./danger";

export const dangers: Readonly<Record<NamedType, readonly Danger[]>> = {
  aws_cloudtrail: [
    { actions: ["cloudtrail:DeleteTrail", "cloudtrail:PutEventSelectors", "cloudtrail:StopLogging"] },
  ],
  aws_cloudwatch_event_rule: [
    { actions: ["events:DeleteRule", "events:DisableRule", "events:PutRule"] },
    { actions: ["events:PutTargets"], when: { "events:TargetArn": [foreign("sqs", "any")] } },
  ],
  aws_cloudwatch_log_group: [{ actions: ["logs:DeleteLogGroup", "logs:PutRetentionPolicy"] }],
  aws_cloudwatch_metric_alarm: [{ actions: ["cloudwatch:DeleteAlarms", "cloudwatch:DisableAlarmActions"] }],
  aws_codebuild_project: [{ actions: ["codebuild:StartBuild", "codebuild:UpdateProject"] }],
  aws_codeconnections_connection: [
    {
      actions: [
        "codeconnections:DeleteConnection",
        "codeconnections:PassConnection",
        "codeconnections:UseConnection",
      ],
    },
  ],
  aws_codepipeline: [
    {
      actions: [
        "codepipeline:DeletePipeline",
        "codepipeline:StartPipelineExecution",
        "codepipeline:UpdatePipeline",
      ],
    },
  ],
  aws_dynamodb_table: [
    { actions: ["dynamodb:DeleteItem", "dynamodb:DeleteTable", "dynamodb:PutItem", "dynamodb:UpdateItem"] },
    { actions: ["dynamodb:GetItem", "dynamodb:Scan"] },
  ],
  aws_ecr_repository: [
    {
      actions: [
        "ecr:BatchDeleteImage",
        "ecr:DeleteRepository",
        "ecr:PutImage",
        "ecr:PutImageTagMutability",
        "ecr:SetRepositoryPolicy",
      ],
    },
  ],
  aws_iam_openid_connect_provider: [
    {
      actions: [
        "iam:AddClientIDToOpenIDConnectProvider",
        "iam:DeleteOpenIDConnectProvider",
        "iam:UpdateOpenIDConnectProviderThumbprint",
      ],
    },
  ],
  aws_iam_policy: [{ actions: ["iam:CreatePolicyVersion", "iam:DeletePolicy"] }],
  aws_iam_role: [
    {
      actions: [
        "iam:AttachRolePolicy",
        "iam:DeleteRolePermissionsBoundary",
        "iam:PutRolePolicy",
        "iam:UpdateAssumeRolePolicy",
        "sts:AssumeRole",
      ],
    },
    ...["codebuild", "codepipeline", "ec2", "events", "lambda", "sagemaker", "states"].map(pass),
  ],
  aws_iam_user: [{ actions: ["iam:AttachUserPolicy", "iam:CreateAccessKey", "iam:PutUserPolicy"] }],
  aws_kms_key: [
    {
      actions: [
        "kms:CreateGrant",
        "kms:Decrypt",
        "kms:GenerateDataKey",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
      ],
    },
  ],
  aws_lambda_function: [
    { actions: ["lambda:InvokeFunction", "lambda:UpdateFunctionCode"] },
    { actions: ["lambda:AddPermission"], when: { "lambda:Principal": strangersAccount } },
  ],
  aws_route_table: [{ actions: ["ec2:CreateRoute", "ec2:ReplaceRoute"] }],
  aws_s3_bucket: [
    {
      actions: [
        "s3:DeleteBucket",
        "s3:PutBucketPolicy",
        "s3:PutBucketPublicAccessBlock",
        "s3:PutBucketVersioning",
        "s3:PutEncryptionConfiguration",
      ],
    },
    {
      actions: [
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:GetObject",
        "s3:PutObject",
        "s3:PutObjectAcl",
      ],
      below: "/any",
    },
    { actions: ["s3:DeleteObject"], below: keptFile },
    { actions: ["s3:PutObject"], below: keptFile, when: { [makesObject]: "true" } },
    { actions: ["s3:PutObject"], below: keptFile, when: { [makesObject]: "true", "s3:if-none-match": "*" } },
    { actions: ["s3:GetObject"], below: "/any", when: plain },
    put({ [algorithm]: "AES256" }),
    put({ [algorithm]: "aws:kms" }),
    put({ [algorithm]: "aws:kms", [keyId]: foreign("kms", "key/any") }),
    put({ [customerKey]: "AES256" }),
  ],
  aws_sagemaker_endpoint: [
    {
      actions: [
        "sagemaker:DeleteEndpoint",
        "sagemaker:InvokeEndpoint",
        "sagemaker:InvokeEndpointAsync",
        "sagemaker:UpdateEndpoint",
      ],
    },
  ],
  aws_sagemaker_model_package_group: [
    { actions: ["sagemaker:DeleteModelPackageGroup", "sagemaker:PutModelPackageGroupPolicy"] },
  ],
  aws_sagemaker_pipeline: [
    { actions: ["sagemaker:DeletePipeline", "sagemaker:StartPipelineExecution", "sagemaker:UpdatePipeline"] },
  ],
  aws_security_group: [
    { actions: ["ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress"] },
  ],
  aws_sfn_state_machine: [
    { actions: ["states:DeleteStateMachine", "states:StartExecution", "states:UpdateStateMachine"] },
  ],
  aws_sns_topic: [
    { actions: ["sns:AddPermission", "sns:Publish", "sns:SetTopicAttributes"] },
    { actions: ["sns:Publish"], when: plain },
    {
      actions: ["sns:Subscribe"],
      when: { "sns:Protocol": "https", "sns:Endpoint": "https://elsewhere.example/" },
    },
  ],
  aws_sqs_queue: [
    { actions: ["sqs:PurgeQueue", "sqs:ReceiveMessage", "sqs:SendMessage", "sqs:SetQueueAttributes"] },
    { actions: ["sqs:SendMessage"], when: plain },
  ],
  aws_subnet: [{ actions: ["ec2:CreateNetworkInterface", "ec2:RunInstances"] }],
  aws_ssm_parameter: [{ actions: ["ssm:DeleteParameter", "ssm:PutParameter"] }],
  aws_vpc: [{ actions: ["ec2:AttachInternetGateway", "ec2:CreateVpcPeeringConnection"] }],
  aws_vpc_endpoint: [{ actions: ["ec2:DeleteVpcEndpoints", "ec2:ModifyVpcEndpoint"] }],
};

/** Of the versions in a package group, whose ARNs are not below its own. */
const versionDangers: readonly Danger[] = [
  status("Approved"),
  status("PendingManualApproval"),
  { actions: ["sagemaker:DeleteModelPackage"], below: "/1" },
];

/** The questions that must be asked of an estate's resources whether or not any statement allows an answer. */
export function dangerousQuestions(guarded: readonly Guarded[]): Question[] {
  return guarded.flatMap(({ type, arn, where }) => [
    ...dangers[type].flatMap((danger) => questionsOf(danger, arn, where.account)),
    ...(type === "aws_sagemaker_model_package_group" ? versionDangers : []).flatMap((danger) =>
      questionsOf(danger, arn.replace(":model-package-group/", ":model-package/"), where.account),
    ),
  ]);
}

const questionsOf = ({ actions, below = "", when = {} }: Danger, arn: string, account: string): Question[] =>
  actions.map((action) => ({ action, resource: arn + below, account, when }));
