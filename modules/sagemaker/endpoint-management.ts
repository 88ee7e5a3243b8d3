import {
  endpointArn,
  everyKeyArn,
  logGroupArn,
  parameterArn,
  regionalArn,
  topicArn,
  type AccountRegion,
} from "../../core/arns";
import type { Management } from "../../core/management";
import type { EndpointNames } from "../../core/naming";
import { partitionOf } from "../../core/partition";
import type { Condition } from "../../core/policy";
import { expiringPrefixes } from "../../core/retention";
import { topicActions } from "../alerts/alert-topic";

/** What an endpoint and its releases have in an account. */
export interface ManagedEndpoint {
  readonly names: EndpointNames;
  /** `alias/…` of the key that encrypts its volumes. */
  readonly keyAlias: string;
  /** ARN of the versions of its model. */
  readonly versions: string;
  /** ARN of the bucket that its asynchronous requests are in. @default it answers at once */
  readonly requestsIn?: string;
}

/** Policies of their own: SageMaker's has no room for the names of fifteen endpoints beside those of their pipelines. */
const endpoints = "endpoints";
const releases = "releases";

/**
 * What planning, applying, verifying, testing and recording releases takes. An endpoint encrypts its volumes by a grant that SageMaker
 * asks for in the caller's name.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/api-permissions-reference.html
 */
export const endpointManagement = (where: AccountRegion, endpoint: ManagedEndpoint): Management[] => [
  ...servingManagement(where, endpoint),
  {
    service: "sagemaker",
    apart: { policy: endpoints, sid: "Versions" },
    actions: ["DescribeModelPackage"],
    resources: [endpoint.versions],
  },
  {
    service: "ssm",
    apart: { policy: releases, sid: "Records" },
    actions: ["PutParameter", "GetParameter", "GetParameters", "DeleteParameter"].concat([
      "AddTagsToResource",
      "RemoveTagsFromResource",
      "ListTagsForResource",
    ]),
    resources: [parameterArn(where, endpoint.names.parameter)],
  },
  {
    service: "ssm",
    apart: { policy: releases, sid: "LookForRecords" },
    actions: ["DescribeParameters"],
    resources: ["*"],
  },
  ...logManagement(where, endpoint.names.logGroup),
  ...scalingManagement(where),
  ...requestManagement(where, endpoint),
];

/** To test a version it uploads rows, and looks for scores: what is not there yet is told from what is forbidden by who may list. */
function requestManagement(
  where: AccountRegion,
  { names, requestsIn: bucket }: ManagedEndpoint,
): Management[] {
  if (bucket === undefined) return [];
  const own = { StringEquals: { "aws:ResourceAccount": where.account } };
  const s3 = (policy: string, sid: string, action: string, resource: string, more: Condition = {}) => ({
    service: "s3",
    apart: { policy, sid, when: { ...own, ...more } },
    actions: [action],
    resources: [resource],
  });
  return [
    s3(endpoints, "Requests", "PutObject", `${bucket}/${names.requestPrefix}*`),
    s3(releases, "Answers", "GetObject", `${bucket}/${names.answerPrefix}*`),
    s3(releases, "LookForAnswers", "ListBucket", bucket, {
      StringLike: { "s3:prefix": [`*${expiringPrefixes("").captures}*`] },
    }),
    {
      service: "sns",
      actions: topicActions,
      resources: [names.answeredTopic, names.failedTopic].map((topic) => topicArn(where, topic)),
    },
  ];
}

function servingManagement(
  where: AccountRegion,
  { names: { endpoint }, keyAlias, requestsIn }: ManagedEndpoint,
): Management[] {
  const made = (kind: string) => regionalArn("sagemaker", where, `${kind}/${endpoint}-*`);
  const { dnsSuffix } = partitionOf(where.region);
  return [
    {
      service: "sagemaker",
      apart: { policy: endpoints, sid: "Endpoints" },
      actions: [
        ...["CreateModel", "DescribeModel", "DeleteModel"],
        ...["CreateEndpointConfig", "DescribeEndpointConfig", "DeleteEndpointConfig"],
        ...["CreateEndpoint", "DescribeEndpoint", "UpdateEndpoint", "DeleteEndpoint", "InvokeEndpoint"],
        ...(requestsIn === undefined ? [] : ["InvokeEndpointAsync"]),
        ...["AddTags", "DeleteTags", "ListTags"],
      ],
      resources: [endpointArn(where, endpoint), made("endpoint-config"), made("model")],
    },
    {
      service: "kms",
      apart: {
        policy: endpoints,
        sid: "Volumes",
        when: {
          "ForAnyValue:StringEquals": { "kms:ResourceAliases": [keyAlias] },
          StringEquals: { "kms:ViaService": `sagemaker.${where.region}.${dnsSuffix}` },
          Bool: { "kms:GrantIsForAWSResource": "true" },
        },
      },
      actions: ["CreateGrant"],
      resources: [everyKeyArn(where)],
    },
  ];
}

/** Actions on a log group's tags take its ARN as it is, all others with a star behind it. */
const logManagement = (where: AccountRegion, logGroup: string): Management[] => [
  {
    service: "logs",
    apart: { policy: releases, sid: "Logs" },
    actions: [
      ...["CreateLogGroup", "PutRetentionPolicy", "AssociateKmsKey"],
      ...["TagResource", "UntagResource", "ListTagsForResource"],
    ],
    resources: [logGroupArn(where, logGroup), `${logGroupArn(where, logGroup)}:*`],
  },
  {
    service: "logs",
    apart: { policy: releases, sid: "LookForLogs" },
    actions: ["DescribeLogGroups"],
    resources: ["*"],
  },
];

/** AWS draws the ids of scalable targets. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsapplicationautoscaling.html */
const scalingManagement = (where: AccountRegion): Management[] => [
  {
    service: "application-autoscaling",
    apart: { policy: releases, sid: "Scaling" },
    actions: [
      ...["RegisterScalableTarget", "DeregisterScalableTarget", "PutScalingPolicy", "DeleteScalingPolicy"],
      ...["TagResource", "UntagResource", "ListTagsForResource"],
    ],
    resources: [regionalArn("application-autoscaling", where, "scalable-target/*")],
  },
  {
    service: "application-autoscaling",
    apart: { policy: releases, sid: "LookForScaling" },
    actions: ["DescribeScalableTargets", "DescribeScalingPolicies"],
    resources: ["*"],
  },
];
