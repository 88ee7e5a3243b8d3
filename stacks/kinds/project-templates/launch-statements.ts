import { functionArn, regionalArn, ruleArn, type AccountRegion } from "../../../core/arns";
import type { Condition, IdentityStatement } from "../../../core/policy";
import {
  everyProject,
  projectNames,
  projectRoleArns,
  type ProjectTemplatesNames,
} from "../../../core/project-names";

/** What roles of projects are made in. */
export interface Launch {
  readonly where: AccountRegion;
  readonly names: ProjectTemplatesNames;
  readonly boundaryArn: string;
  /** Whether projects have rules that tell of approved versions. */
  readonly releases: boolean;
}

const allow = (
  Sid: string,
  service: string,
  actions: readonly string[],
  resources: readonly string[],
  conditions?: Condition,
): IdentityStatement => ({
  Sid,
  Effect: "Allow",
  Action: actions.map((action) => `${service}:${action}`),
  Resource: resources,
  ...(conditions && { Condition: conditions }),
});

/**
 * What making, changing and deleting a project takes: by AWS's own schemas of the types that templates have, by the names that these have,
 * and of roles only such that the boundary bounds.
 * https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
 */
export const launchStatements = (launch: Launch): IdentityStatement[] => [
  ...roleStatements(launch),
  ...groupAndRepositoryStatements(launch),
  ...(launch.releases ? ruleStatements(launch) : []),
  allow("Seeds", "lambda", ["InvokeFunction"], [functionArn(launch.where, launch.names.seedFunction)]),
  ...catalogStatements(launch),
];

function roleStatements({ where, names, boundaryArn }: Launch): IdentityStatement[] {
  const roles = Object.values(projectRoleArns(where, names.prefix, everyProject));
  const bounded = { StringEquals: { "iam:PermissionsBoundary": boundaryArn } };
  return [
    allow(
      "BoundedRoles",
      "iam",
      ["CreateRole", "DeleteRolePolicy", "PutRolePermissionsBoundary", "PutRolePolicy"],
      roles,
      bounded,
    ),
    allow(
      "Roles",
      "iam",
      [
        ...["DeleteRole", "GetRole", "GetRolePolicy", "ListAttachedRolePolicies", "ListRolePolicies"],
        ...["TagRole", "UntagRole", "UpdateAssumeRolePolicy", "UpdateRole", "UpdateRoleDescription"],
      ],
      roles,
    ),
  ];
}

function groupAndRepositoryStatements({ where }: Launch): IdentityStatement[] {
  const { id } = everyProject;
  return [
    allow(
      "Groups",
      "sagemaker",
      [
        ...["AddTags", "CreateModelPackageGroup", "DeleteModelPackageGroup", "DeleteTags"],
        ...["DescribeModelPackageGroup", "GetModelPackageGroupPolicy", "ListTags"],
      ],
      [regionalArn("sagemaker", where, `model-package-group/*-${id}`)],
    ),
    allow(
      "Repositories",
      "sagemaker",
      [
        ...["AddTags", "CreateCodeRepository", "DeleteCodeRepository", "DeleteTags"],
        ...["DescribeCodeRepository", "ListTags", "UpdateCodeRepository"],
      ],
      [regionalArn("sagemaker", where, `code-repository/sagemaker-${id}`)],
    ),
  ];
}

/** Rules of projects call the one function, and nothing else. */
function ruleStatements({ where, names }: Launch): IdentityStatement[] {
  const rules = [ruleArn(where, projectNames(names.prefix, everyProject).releaseRule)];
  return [
    allow(
      "Rules",
      "events",
      [
        ...["DeleteRule", "DescribeRule", "ListTagsForResource", "ListTargetsByRule", "PutRule"],
        ...["RemoveTargets", "TagResource", "UntagResource"],
      ],
      rules,
    ),
    allow("Targets", "events", ["PutTargets"], rules, {
      "ForAllValues:ArnEquals": { "events:TargetArn": functionArn(where, names.function) },
    }),
  ];
}

/**
 * What Service Catalog does as the role: it makes the project's stack, from its own copy of the template.
 * https://docs.aws.amazon.com/servicecatalog/latest/adminguide/constraints-launch.html
 */
function catalogStatements({ where }: Launch): IdentityStatement[] {
  return [
    allow(
      "Stacks",
      "cloudformation",
      [
        "CreateStack",
        "DeleteStack",
        "DescribeStackEvents",
        "DescribeStacks",
        "SetStackPolicy",
        "UpdateStack",
      ],
      [regionalArn("cloudformation", where, `stack/SC-${where.account}-pp-*`)],
    ),
    allow("Templates", "cloudformation", ["GetTemplateSummary", "ValidateTemplate"], ["*"]),
    allow("Copies", "s3", ["GetObject"], ["*"], {
      StringEquals: { "s3:ExistingObjectTag/servicecatalog:provisioning": "true" },
    }),
  ];
}
